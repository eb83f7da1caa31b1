-- Entries by number; what they say stays in `_entries`, for three of five are known from the hour before.
create or replace temp table staged_entries as
select list_id, section, headline_id, seen_at, rank, position from _entries
qualify row_number() over (partition by list_id, section, headline_id, seen_at order by rank, position) = 1;

-- The entry by which each headline is told, by its number in `_entries`.
create or replace temp table staged_headlines as
select
    headline_id, number, address_id, listed_at, listed_raw,
    min(seen_at) over (partition by headline_id) as first_seen_at,
    max(seen_at) over (partition by headline_id) as last_seen_at
from _entries
qualify row_number() over (partition by headline_id order by listed_at is null, seen_at, rank) = 1;
