-- the last page that was still as usual, and the first one among the recent ones that was not
with told as (
    select
        a.url, a.first_seen_at as seen_at, o.archive_file, o.archive_offset,
        case $field
            when 'published_at' then a.published_at is not null
            when 'source' then a.source is not null
            when 'authors' then len(a.authors) > 0
            when 'editors' then len(a.editors) > 0
            when 'body' then length(a.body) > 0
            when 'letters' then length(a.body) >= $usual::double * 0.4
            when 'lag_hours' then epoch(a.first_seen_at) - epoch(a.published_at) <= 3600 * ($usual::double * 4 + 24)
            else true
        end as is_good
    from articles a
    left join outcomes o on o.portal = a.portal and o.url = a.url and o.run_id = a.run_id
        and o.archive_file is not null
    where a.portal = $portal and $field not in ('front_pages_read', 'headlines_per_list')
    union all
    select
        o.url, o.fetched_at, o.archive_file, o.archive_offset,
        case $field
            when 'front_pages_read' then o.disposition in ('loaded', 'unchanged', 'not-modified')
            when 'headlines_per_list' then e.entries >= $usual::double * 0.5
            else false
        end
    from outcomes o
    left join (
        select r.list_url, r.read_at, count(s.list_id) as entries
        from readings r left join sightings s using (list_id, read_at)
        where r.portal = $portal and r.kind = 'front' and r.is_full
        group by all
    ) e on e.list_url = o.url and e.read_at = o.fetched_at
    where o.portal = $portal and o.kind = 'front'
        and case $field
            when 'front_pages_read' then true
            when 'headlines_per_list' then e.entries is not null
            -- a front page that brought no story: any after the last one
            when 'stories_per_day' then o.fetched_at > (select max(first_seen_at) from articles where portal = $portal)
            else false
        end
), numbered as (
    select *, row_number() over (order by seen_at desc, url) as age
    from told
    where seen_at >= timestamptz $now - interval 14 days and seen_at <= timestamptz $now and is_good is not null
), bad as (
    select * from numbered
    where not is_good and (seen_at >= timestamptz $now - interval 6 hours or age <= 5 or $field = 'stories_per_day')
    order by seen_at, url limit 1
), good as (
    select * from numbered
    where is_good and seen_at <= coalesce((select seen_at from bad), timestamptz $now)
    order by seen_at desc, url limit 1
)
select 'last good' as what, url, archive_file, archive_offset from good
union all
select 'first bad', url, archive_file, archive_offset from bad;
