-- A warehouse's past, drawn by arithmetic: `hours` hours of `lists` front pages. Headline i came in hour
-- i // per_hour onto list i % lists and stayed two or three hours; article i was read in its hour.
-- What the measured loads touch again (the last three hours) comes from Python, with true keys.
create temp table past as
select
    i, 'p' || (i % lists % 50) as portal, (i % lists)::integer as place, l.list_id, l.list_url,
    start + to_hours((i // per_hour)::integer) as on_at,
    start + to_hours((i // per_hour + 1 + (i // lists) % 2)::integer) as last_seen_at,
    coalesce(r.headline_id, md5_number_lower('headline ' || i)) as headline_id,
    coalesce(r.text, p.paragraph[1 : 20 + i % 12]) as text,
    coalesce(r.url, 'http://p' || (i % lists % 50) || '.example/' || i || '.html') as url,
    r.address_id
from range(getvariable('headlines')) t(i)
cross join (select getvariable('lists') as lists, getvariable('per_hour') as per_hour, getvariable('start') as start)
join _lists l on l.place = i % lists
left join _recent r using (i)
join _paragraphs p on p.place = hash(i) % getvariable('paragraphs');

insert into headlines by name
select headline_id, portal, text, url, false as is_truncated, on_at as first_seen_at, last_seen_at,
    coalesce(address_id, md5_number_lower(url)) as address_id, text as folded,
    md5_number_lower(text[1:8]) as opening_key, 'past' as run_id
from past order by i;

insert into placements by name
select
    md5_number_lower(concat_ws('/', list_id, headline_id, epoch_us(on_at), '要闻')) as placement_id,
    headline_id, list_id, list_url, 'front' as kind, '要闻' as section, on_at,
    if(last_seen_at >= getvariable('last'), null, last_seen_at + to_hours(1)) as off_at,
    least(last_seen_at, getvariable('last')) as last_seen_at,
    1 as first_rank, 1 as best_rank, 1 as last_rank,
    1 + datediff('hour', on_at, least(last_seen_at, getvariable('last')))::integer as sightings
from past order by i;

insert into readings by name
select list_id, 'p' || (place % 50) as portal, list_url, 'front' as kind,
    getvariable('start') + to_hours(h::integer) as read_at, 'past' as run_id
from _lists, range(getvariable('headlines') // getvariable('per_hour')) t(h) order by h, place;

insert into sightings by name
select list_id, on_at + to_hours(h::integer) as read_at, ((i // getvariable('lists')) % 100)::integer as position,
    '要闻' as section, ((i // getvariable('lists')) % 100)::integer as rank, headline_id
from past, range(3) t(h) where on_at + to_hours(h::integer) <= least(last_seen_at, getvariable('last'))
order by read_at, list_id, position;

insert into articles by name
select
    coalesce(r.article_id, md5_number_lower('article ' || i)) as article_id, 'p' || (i % 50) as portal,
    coalesce(r.url, 'http://p' || (i % 50) || '.example/' || i || '.html') as url, a.paragraph[1:24] as title,
    coalesce(r.body, a.paragraph || chr(10) || b.paragraph || chr(10) || c.paragraph || chr(10) || d.paragraph) as body,
    seen - interval 10 minutes as published_at, '新华网' as source, ['张三'] as authors, []::varchar[] as editors,
    []::varchar[] as keywords, md5_number_lower('content ' || i) as content_hash,
    md5_number_lower('record ' || i) as record_hash, 1 as version,
    md5_number_lower('article ' || i) as story_id, seen as first_seen_at, seen as last_seen_at,
    seen as changed_at, 'past' as run_id, '' as parser_version
from (
    select i, getvariable('start')
        + to_hours((i * (getvariable('headlines') // getvariable('per_hour')) // getvariable('articles'))::integer) as seen
    from range(getvariable('articles')) t(i)
)
left join _known r using (i)
join _paragraphs a on a.place = hash(i) % getvariable('paragraphs')
join _paragraphs b on b.place = hash(i + 1) % getvariable('paragraphs')
join _paragraphs c on c.place = hash(i + 2) % getvariable('paragraphs')
join _paragraphs d on d.place = hash(i + 3) % getvariable('paragraphs')
order by i;

insert into article_versions by name
select article_id, version, title, body, content_hash, first_seen_at as seen_at, run_id from articles;

insert into addresses by name
select article_id as address_id, portal, url, 'article' as kind, first_seen_at as first_read_at,
    last_seen_at as last_read_at, last_seen_at as last_tried_at, 0 as failures, 'loaded' as disposition
from articles;

insert into search_documents
select row_number() over ()::integer, article_id, content_hash, 420 from articles;
