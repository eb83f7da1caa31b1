-- Entries that are one headline as one row: the longest text, under the id of the entry that was seen first, so that
-- the id stays when a longer text comes. What was printed is kept beside it.
set variable united_from = (select min(first_seen_at) from united);

insert into printed_headlines by name
select h.*, u.one_id
from headlines h join (select headline_id, one_id from united) u using (headline_id)
where h.last_seen_at >= getvariable('united_from');

insert into printed_placements by name
select p.* from placements p semi join united using (headline_id) where p.last_seen_at >= getvariable('united_from');

delete from headlines
where last_seen_at >= getvariable('united_from') and headline_id in (select headline_id from united);
delete from placements
where last_seen_at >= getvariable('united_from') and headline_id in (select headline_id from united);
delete from new_headlines where headline_id in (select headline_id from united where headline_id <> one_id);

insert into headlines by name
select l.* replace (
    o.one_id as headline_id, o.first_seen_at as first_seen_at, o.last_seen_at as last_seen_at,
    o.listed_at as listed_at, o.listed_raw as listed_raw, o.run_id as run_id
)
from (
    select
        u.one_id, u.longest_id, min(p.first_seen_at) as first_seen_at, max(p.last_seen_at) as last_seen_at,
        arg_max(p.listed_at, (length(p.folded), p.headline_id)) as listed_at,
        arg_max(p.listed_raw, (length(p.folded), p.headline_id)) as listed_raw,
        arg_min(p.run_id, (p.first_seen_at, p.headline_id)) as run_id
    from printed_headlines p join united u using (headline_id) group by all
) o
join (select * exclude (one_id) from printed_headlines) l on l.headline_id = o.longest_id;

-- Stays of which one begins where or before the other ends are one stay, with all readings in between.
insert into placements by name
with stays as (
    select p.* exclude (headline_id), u.one_id as headline_id, on_at > max(coalesce(off_at, 'infinity')) over (
        partition by u.one_id, list_id, section order by on_at, placement_id
        rows between unbounded preceding and 1 preceding) as is_apart
    from printed_placements p join united u using (headline_id)
), numbered as (
    select *, count(*) filter (is_apart) over (
        partition by headline_id, list_id, section order by on_at, placement_id) as island
    from stays
), joined as (
    select
        headline_id, list_id, any_value(list_url) as list_url, any_value(kind) as kind, section, min(on_at) as on_at,
        if(bool_or(off_at is null), null, max(off_at)) as off_at, max(last_seen_at) as last_seen_at,
        arg_min(first_rank, (on_at, first_rank)) as first_rank, min(best_rank) as best_rank,
        arg_max(last_rank, (last_seen_at, -last_rank)) as last_rank
    from numbered group by headline_id, list_id, section, island
)
select
    md5_number_lower(concat_ws('/', j.list_id, headline_id, epoch_us(j.on_at), coalesce(section, ''))) as placement_id,
    j.*, count(*)::integer as sightings
from joined j join readings r on r.list_id = j.list_id and r.read_at between j.on_at and j.last_seen_at
where r.read_at >= getvariable('united_from')
group by all;

update sightings set printed_id = u.headline_id, headline_id = u.one_id
from united u
where u.headline_id = sightings.headline_id and u.one_id <> u.headline_id
    and sightings.read_at >= getvariable('united_from');
