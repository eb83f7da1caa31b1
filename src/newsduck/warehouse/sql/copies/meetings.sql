-- What meets the asked texts in the window. Both sides are tables of keys, so that this is a plain hash join,
-- and its cost follows from the keys of the window, not from the history.
create or replace temp table hits as
select band, article_id, first_seen_at from signature_bands
where first_seen_at >= getvariable('copies_from') and band in (select band from asked_bands)
-- Where more texts meet, a phrase brings them together, not a story: the earliest are enough to find the story.
qualify row_number() over (partition by band order by first_seen_at, article_id) <= getvariable('crowd');

create or replace temp table met as
with meetings as (
    select a.article_id as asked_id, h.article_id, any_value(h.first_seen_at) as first_seen_at, count(*) as keys
    from asked_bands a join hits h using (band)
    where a.article_id <> h.article_id
    group by all having count(*) >= getvariable('meetings')
    union all
    select a.article_id, k.article_id, k.first_seen_at, 1000
    from signatures k join asked a using (text_key)
    where k.first_seen_at >= getvariable('copies_from') and a.article_id <> k.article_id
)
select distinct article_id from (
    select article_id from meetings
    qualify row_number() over (partition by asked_id order by keys desc, first_seen_at, article_id)
        <= getvariable('candidates')
);
