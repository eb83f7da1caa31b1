-- Arrow batches become temporary tables, each de-duplicated: MERGE would insert a key twice that is new twice.
create or replace temp table staged_outcomes as
select * from _outcomes
qualify row_number() over (partition by portal, url, fetched_at order by disposition) = 1;

create or replace temp table staged_pages as
select * from _pages
qualify row_number() over (partition by address_id, read_at order by url) = 1;

create or replace temp table staged_wordings as
select * from _articles
qualify row_number() over (partition by article_id, content_hash order by seen_at) = 1;

create or replace temp table staged_articles as
select *, min(seen_at) over (partition by article_id) as first_seen_at
from _articles
qualify row_number() over (partition by article_id order by seen_at desc, content_hash) = 1;

create or replace temp table staged_openings as
select * from _openings
qualify row_number() over (partition by article_id, part, opening order by told_at) = 1;

create or replace temp table staged_entries as
select * from _entries
qualify row_number() over (partition by list_id, section, headline_id, seen_at order by rank, position) = 1;

create or replace temp table staged_headlines as
select
    headline_id, portal, text, url, is_truncated, listed_at, listed_raw, address_id, folded, opening_key,
    min(seen_at) over (partition by headline_id) as first_seen_at,
    max(seen_at) over (partition by headline_id) as last_seen_at
from _entries
qualify row_number() over (partition by headline_id order by listed_at is null, seen_at, rank) = 1;

create or replace temp table staged_verdicts as
select * from _verdicts
qualify row_number() over (partition by article_id order by story_id) = 1;
