create or replace temp table old_stays as
select p.* exclude (list_url, kind, off_at), p.off_at
from placements p join windows w using (list_id)
where p.last_seen_at >= getvariable('from_at') and p.last_seen_at >= w.from_at;

-- One row for each old stay and each reading of the window that it spans; the first carries what went before.
create or replace temp table marks as
select
    p.list_id, p.section, p.headline_id, r.read_at, p.best_rank,
    case r.read_at when p.last_seen_at then p.last_rank when p.on_at then p.first_rank else p.best_rank end as rank,
    if(row_number() over stay = 1, p.on_at, r.read_at) as on_at,
    if(row_number() over stay = 1, p.first_rank, p.best_rank) as first_rank,
    if(row_number() over stay = 1, p.sightings - count(*) over whole + 1, 1) as sightings
from old_stays p
join window_readings r
    on r.list_id = p.list_id and r.is_known and r.read_at between p.on_at and p.last_seen_at
window stay as (partition by p.placement_id order by r.read_at), whole as (partition by p.placement_id);

delete from marks using full_readings f where f.list_id = marks.list_id and f.read_at = marks.read_at;

insert into marks by name
select list_id, section, headline_id, seen_at as read_at, rank as best_rank, rank, seen_at as on_at,
    rank as first_rank, 1 as sightings
from staged_entries;

insert into marks by name
select m.* exclude (read_at, on_at, sightings, first_rank, best_rank), s.read_at, s.read_at as on_at,
    1 as sightings, m.rank as first_rank, m.rank as best_rank
from marks m join same_readings s on s.list_id = m.list_id and s.base_at = m.read_at;

create or replace temp table new_stays as
with islands as (
    select m.*, r.next_at, r.number - row_number() over spot as island,
        lead(r.number) over spot is distinct from r.number + 1 as is_last
    from marks m join window_readings r using (list_id, read_at)
    window spot as (partition by m.list_id, m.section, m.headline_id order by m.read_at)
), stays as (
    select
        headline_id, list_id, section, min(on_at) as on_at, max(next_at) filter (is_last) as off_at,
        max(read_at) as last_seen_at, arg_min(first_rank, read_at) as first_rank, min(best_rank) as best_rank,
        arg_max(rank, read_at) as last_rank, sum(sightings)::integer as sightings
    from islands group by list_id, section, headline_id, island
)
select
    md5_number_lower(concat_ws('/', list_id, headline_id, epoch_us(on_at), coalesce(section, ''))) as placement_id, *
from stays;

delete from placements where last_seen_at >= getvariable('from_at') and placement_id in (
    select placement_id from old_stays anti join new_stays using (placement_id)
);

merge into placements t using (
    select * from new_stays join (
        select list_id, arg_max(list_url, read_at) as list_url, arg_max(kind, read_at) as kind
        from new_readings group by list_id
    ) using (list_id)
) s on t.placement_id = s.placement_id and t.last_seen_at >= getvariable('from_at')
when matched then update set
    off_at = s.off_at, last_seen_at = s.last_seen_at, first_rank = s.first_rank, best_rank = s.best_rank,
    last_rank = s.last_rank, sightings = s.sightings
when not matched then insert by name;

-- The readings in which an entry came or went.
create or replace temp table moved_lists as
select s.list_id, s.on_at as read_at from new_stays s anti join old_stays o using (placement_id)
union
select s.list_id, s.off_at from new_stays s
left join old_stays o using (placement_id)
where s.off_at is not null and s.off_at is distinct from o.off_at;
