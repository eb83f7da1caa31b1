-- Placements are unbroken stays. From the reading before the first one staged, presence is spelled out
-- reading by reading, the staged readings are put in, and the stays are made anew: so readings may come in
-- any order, and a page read again by a better parser corrects what the first reading said.
create or replace temp table full_readings as
select distinct list_id, portal, list_url, kind, seen_at as read_at from _lists;

-- An answer that nothing changed: what stood there at the reading before stands there still.
create or replace temp table same_readings as
select s.address_id as list_id, s.portal, s.url as list_url, s.kind, s.fetched_at as read_at,
    max(r.read_at) as base_at
from staged_outcomes s
join (
    select list_id, read_at from readings where list_id in (select address_id from staged_outcomes)
    union select list_id, read_at from full_readings
) r on r.list_id = s.address_id and r.read_at < s.fetched_at
anti join readings o on o.list_id = s.address_id and o.read_at = s.fetched_at
anti join full_readings f on f.list_id = s.address_id and f.read_at = s.fetched_at
where s.disposition in ('unchanged', 'not-modified')
group by all;

create or replace temp table new_readings as
select list_id, portal, list_url, kind, read_at from full_readings
union all select list_id, portal, list_url, kind, read_at from same_readings;

create or replace temp table windows as
select n.list_id, n.first_at, coalesce(max(r.read_at), n.first_at) as from_at
from (select list_id, min(read_at) as first_at from new_readings group by list_id) n
left join readings r on r.list_id = n.list_id and r.read_at < n.first_at
group by n.list_id, n.first_at;

create or replace temp table window_readings as
select list_id, read_at, is_known,
    row_number() over (partition by list_id order by read_at) as number,
    lead(read_at) over (partition by list_id order by read_at) as next_at
from (
    select list_id, read_at, bool_or(is_known) as is_known
    from (
        select r.list_id, r.read_at, true as is_known
        from readings r join windows w using (list_id) where r.read_at >= w.from_at
        union all select list_id, read_at, false from new_readings
    )
    group by list_id, read_at
);

delete from sightings using full_readings f
where f.kind = 'front' and sightings.list_id = f.list_id and sightings.read_at = f.read_at;

insert into sightings by name
select e.list_id, e.seen_at as read_at, e.position, e.section, e.rank, e.headline_id
from staged_entries e
semi join full_readings f on f.kind = 'front' and f.list_id = e.list_id and f.read_at = e.seen_at
order by e.list_id, read_at, e.position;

insert into readings by name
select n.*, f.list_id is not null as is_full, getvariable('run_id') as run_id
from new_readings n left join full_readings f using (list_id, read_at) anti join readings r using (list_id, read_at);

-- No placement that ended before this is touched: a constant, so that whole row groups are skipped.
set variable from_at = (select coalesce(min(from_at), 'infinity'::timestamptz) from windows);
