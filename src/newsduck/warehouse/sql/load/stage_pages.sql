-- Arrow batches become temporary tables, each de-duplicated: MERGE would insert a key twice that is new twice.
create or replace temp table staged_outcomes as
select * from _outcomes
qualify row_number() over (partition by portal, url, fetched_at order by disposition) = 1;

create or replace temp table staged_pages as
select * from _pages
qualify row_number() over (partition by address_id, read_at order by url) = 1;

-- Which rows count is found out without their texts: sorting those along takes ten times as long.
create or replace temp table staged_wordings as
select * exclude (number) from _articles semi join (
    select number from _articles
    qualify row_number() over (partition by article_id, content_hash order by seen_at) = 1
) using (number);

create or replace temp table staged_articles as
select * exclude (number) from _articles join (
    select number, min(seen_at) over (partition by article_id) as first_seen_at from _articles
    qualify row_number() over (partition by article_id order by seen_at desc, content_hash) = 1
) using (number);

create or replace temp table staged_openings as
select * from _openings
qualify row_number() over (partition by article_id, part, opening order by told_at) = 1;

create or replace temp table staged_verdicts as
select * from _verdicts
qualify row_number() over (partition by article_id order by story_id) = 1;
