create or replace temp table known_headlines as
select headline_id, last_seen_at from headlines semi join staged_headlines using (headline_id);

-- None of these was last seen before this: the merge skips older row groups.
set variable known_from = (select coalesce(min(last_seen_at), 'infinity'::timestamptz) from known_headlines);

create or replace temp table new_headlines as
select
    e.* exclude (number, list_id, rank, position, seen_at, section), h.first_seen_at, h.last_seen_at,
    a.article_id, if(a.article_id is null, null, 'address') as link_rule, getvariable('run_id') as run_id
from staged_headlines h
anti join known_headlines k using (headline_id)
join _entries e using (number)
left join (
    select article_id from articles where article_id in (select address_id from staged_headlines)
) a on a.article_id = h.address_id;

-- Nor anything else that this load writes to, or that has the same key.
set variable touched_from = (
    select least(getvariable('known_from'), getvariable('waiting_from'), min(last_seen_at)) from new_headlines
);

insert into headlines by name select * from new_headlines;

merge into headlines t using (
    select headline_id, first_seen_at, last_seen_at, listed_at, listed_raw
    from staged_headlines semi join known_headlines using (headline_id)
) s on t.headline_id = s.headline_id and t.last_seen_at >= getvariable('known_from')
when matched then update set
    first_seen_at = least(t.first_seen_at, s.first_seen_at),
    last_seen_at = greatest(t.last_seen_at, s.last_seen_at),
    listed_at = coalesce(t.listed_at, s.listed_at),
    listed_raw = coalesce(t.listed_raw, s.listed_raw);

-- Those that stood still on a list that did not change.
merge into headlines t using (
    select n.headline_id, max(n.last_seen_at) as last_seen_at from new_stays n
    semi join same_readings s on s.list_id = n.list_id group by n.headline_id
) s on t.headline_id = s.headline_id and t.last_seen_at >= getvariable('from_at')
when matched and s.last_seen_at > t.last_seen_at then update set last_seen_at = s.last_seen_at;
