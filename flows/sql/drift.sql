-- portals that fall out of their own range: the last hours beside the two weeks before, field by field
with spans as (
    select timestamptz $now - interval 6 hours as recent_from, timestamptz $now - interval 14 days as usual_from
), stories as (
    select
        portal, first_seen_at >= recent_from as is_recent, count(*) as many,
        avg((published_at is not null)::integer) as published_at,
        avg((source is not null)::integer) as source,
        avg((len(authors) > 0)::integer) as authors,
        avg((len(editors) > 0)::integer) as editors,
        avg((length(body) > 0)::integer) as body,
        avg(length(body)) as letters,
        median(epoch(first_seen_at) - epoch(published_at)) / 3600 as lag_hours
    from articles, spans
    where first_seen_at >= usual_from and first_seen_at <= timestamptz $now
    group by all
), fronts as (
    select portal, fetched_at >= recent_from as is_recent, count(*) as many,
        avg((disposition in ('loaded', 'unchanged', 'not-modified'))::integer) as front_pages_read
    from outcomes, spans
    where kind = 'front' and fetched_at >= usual_from and fetched_at <= timestamptz $now
    group by all
), lists as (
    select portal, read_at >= recent_from as is_recent, count(*) as many, avg(entries) as headlines_per_list
    from (
        select r.portal, r.read_at, count(s.list_id) as entries
        from readings r left join sightings s using (list_id, read_at)
        group by all
    ), spans
    where read_at >= usual_from and read_at <= timestamptz $now
    group by all
), measured as (
    unpivot stories on published_at, source, authors, editors, body, letters, lag_hours into name field value value
    union all by name
    unpivot fronts on front_pages_read into name field value value
    union all by name
    unpivot lists on headlines_per_list into name field value value
), compared as (
    select
        portal, field,
        max(value) filter (not is_recent) as usual, max(value) filter (is_recent) as recent,
        coalesce(max(many) filter (not is_recent), 0) as many_usual,
        coalesce(max(many) filter (is_recent), 0) as many_recent
    from measured
    group by all
)
select portal, field, usual, recent
from compared
where many_usual >= if(field in ('front_pages_read', 'headlines_per_list'), 6, 20)
    and many_recent >= if(field in ('front_pages_read', 'headlines_per_list'), 2, 5)
    and case
        when field = 'lag_hours' then recent > usual * 4 + 24
        when field = 'letters' then recent < usual * 0.4
        when field = 'headlines_per_list' then recent < usual * 0.5
        else usual >= 0.3 and recent < usual * 0.5
    end
order by all;
