-- Entries without an address whose letters are how a longer one of their portal begins. What counts: the shorter is
-- marked as cut, or too long to be another title; both were seen within a day of each other, and so were their printed
-- times; and it does not belong to an article that the longer one does not belong to.
create or replace temp table single_entries as
select
    headline_id, portal, folded, length(folded) as letters, opening_key, is_truncated, article_id, listed_at,
    first_seen_at, last_seen_at, left(folded, getvariable('unmarked_letters')) as beginning
from headlines
where address_id is null and opening_key is not null and (
    headline_id in (select headline_id from opened_entries)
    or last_seen_at >= getvariable('waiting_from') and portal in (
        select portal from staged_headlines union select portal from opened_entries)
);

-- Long ones are joined by more letters: a portal's teasers may all begin with its name.
create or replace temp table cuts as
with beginnings as (
    select s, l from single_entries s join single_entries l on l.portal = s.portal and l.beginning = s.beginning
    where s.letters >= getvariable('unmarked_letters') and starts_with(l.folded, s.folded)
    union all
    select s, l from single_entries s join single_entries l on l.portal = s.portal and l.opening_key = s.opening_key
    where s.letters < getvariable('unmarked_letters') and (s.is_truncated or l.letters = s.letters)
        and starts_with(l.folded, s.folded)
)
select s.headline_id, l.headline_id as longer_id, l.letters, l.is_truncated from beginnings
where (l.letters, not l.is_truncated, s.headline_id) > (s.letters, not s.is_truncated, l.headline_id)
    and l.first_seen_at <= s.last_seen_at + to_days(1) and s.first_seen_at <= l.last_seen_at + to_days(1)
    and coalesce(abs(epoch(l.listed_at) - epoch(s.listed_at)) < 86400, true)
    and (s.article_id is null or s.article_id is not distinct from l.article_id);

create or replace temp table longest as
select c.headline_id, c.longer_id from cuts c
qualify row_number() over (partition by headline_id order by letters desc, is_truncated, longer_id) = 1;

-- Two longer ones of which neither is the other cut short, be it an entry or how an article begins: it stays open.
create or replace temp table ambiguous as
select c.headline_id from cuts c
join longest m on m.headline_id = c.headline_id and m.longer_id <> c.longer_id
anti join cuts between_them on between_them.headline_id = c.longer_id and between_them.longer_id = m.longer_id
union
select m.headline_id from longest m
join single_entries s using (headline_id)
join single_entries l on l.headline_id = m.longer_id
join openings o on o.portal = s.portal and o.opening_key = s.opening_key
    and starts_with(o.opening, left(s.folded, getvariable('opening_letters')))
    and not starts_with(o.opening, left(l.folded, getvariable('opening_letters')))
    and not starts_with(l.folded, o.opening)
where o.article_id is distinct from l.article_id
    and abs(epoch(coalesce(s.listed_at, s.first_seen_at)) - epoch(o.told_at)) <= getvariable('links_window');

create or replace temp table united as
with recursive steps as (
    select headline_id, longer_id, 1 as depth from longest anti join ambiguous using (headline_id)
    union all
    select s.headline_id, m.longer_id, s.depth + 1
    from steps s join longest m on m.headline_id = s.longer_id anti join ambiguous a on a.headline_id = m.headline_id
), ends as (
    select headline_id, arg_max(longer_id, depth) as longest_id from steps group by headline_id
), members as (
    select * from ends union select longest_id, longest_id from ends
)
select *, first_value(headline_id) over (
    partition by longest_id order by first_seen_at, headline_id) as one_id
from members join (select headline_id, first_seen_at from single_entries) using (headline_id);
