-- portals that fall out of their own range: the last hours beside the two weeks before, field by field
with spans as (
    select timestamptz $now as now, now - interval 6 hours as recent_from, now - interval 14 days as usual_from
), numbered as (
    select articles.*, row_number() over (partition by portal order by first_seen_at desc, article_id) as age
    from articles, spans
    where first_seen_at >= usual_from and first_seen_at <= now
), stories as (  -- where six hours hold fewer than five stories, the last five are the recent ones
    select
        portal, first_seen_at >= recent_from or age <= 5 as is_recent, count(*) as many,
        avg((published_at is not null)::integer) as published_at,
        avg((source is not null)::integer) as source,
        avg((len(authors) > 0)::integer) as authors,
        avg((len(editors) > 0)::integer) as editors,
        avg((length(body) > 0)::integer) as body,
        avg(length(body)) as letters,
        median(epoch(first_seen_at) - epoch(published_at)) / 3600 as lag_hours
    from numbered, spans
    group by all
), fronts as (
    select portal, fetched_at >= recent_from as is_recent, count(*) as many,
        avg((disposition in ('loaded', 'unchanged', 'not-modified'))::integer) as front_pages_read
    from outcomes, spans
    where kind = 'front' and fetched_at >= usual_from and fetched_at <= now
    group by all
), lists as (  -- an answer that nothing changed has no entries of its own
    select portal, read_at >= recent_from as is_recent, count(*) as many, avg(entries) as headlines_per_list
    from (
        select r.portal, r.read_at, count(s.list_id) as entries
        from readings r left join sightings s using (list_id, read_at)
        where r.kind = 'front' and r.is_full
        group by r.portal, r.list_id, r.read_at
    ), spans
    where read_at >= usual_from and read_at <= now
    group by all
), halves as (  -- the same twelve hours of each day since the portal's first story: nights are like nights
    select s.portal, d.day, count(n.article_id) as many
    from (select portal, min(first_seen_at) as begun from numbered group by portal) s
    cross join spans
    cross join (select unnest(range(14)) as day) d
    left join numbered n on n.portal = s.portal
        and n.first_seen_at > now - to_days(d.day::integer) - interval 12 hours
        and n.first_seen_at <= now - to_days(d.day::integer)
    where d.day = 0 or now - to_days(d.day::integer) - interval 12 hours >= s.begun
    group by all
), paces as (  -- a portal that rests on Sundays is held against its last Sunday too
    select portal,
        2 * avg(many) filter (day > 0) as daily,
        least(daily, coalesce(2 * max(many) filter (day = 7), daily)) as usual,
        2 * max(many) filter (day = 0) as recent
    from halves
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
        -- and more than chance does with so few: two and a half standard errors
        else usual >= 0.3 and recent < usual * 0.5
            and usual - recent > 2.5 * sqrt(usual * (1 - usual) / many_recent)
    end
union all
select portal, 'stories_per_day', usual, recent
from paces
where usual >= 12 and recent < usual * 0.1
order by all;
