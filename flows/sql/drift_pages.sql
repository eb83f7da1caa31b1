-- the last page that still had a field, and the first one after it that had not
with told as (
    select
        a.url, a.first_seen_at, o.archive_file, o.archive_offset,
        case $field
            when 'published_at' then a.published_at is not null
            when 'source' then a.source is not null
            when 'authors' then len(a.authors) > 0
            when 'editors' then len(a.editors) > 0
            else length(a.body) > 0
        end as is_good
    from articles a
    join outcomes o on o.portal = a.portal and o.url = a.url and o.run_id = a.run_id and o.archive_file is not null
    where a.portal = $portal and a.first_seen_at >= timestamptz $now - interval 14 days
), bad as (
    select * from told
    where not is_good and first_seen_at >= timestamptz $now - interval 6 hours
    order by first_seen_at, url limit 1
), good as (
    select * from told
    where is_good and first_seen_at <= coalesce((select first_seen_at from bad), timestamptz $now)
    order by first_seen_at desc, url limit 1
)
select 'last good' as what, url, archive_file, archive_offset from good
union all
select 'first bad', url, archive_file, archive_offset from bad;
