-- Whole stories, because pointers of all their articles may move: of what met, and of what is read again.
create or replace temp table touched as
select article_id, story_id, copy_of from articles
where article_id in (select article_id from met union all select article_id from asked);

-- With their texts: what met, and the originals of their stories, against which all else is measured.
create or replace temp table texts as
select article_id from met
union
select copy_of from touched where copy_of is not null;

-- And where in the table they stand.
create or replace temp table members as
select rowid as place, article_id in (select article_id from texts) as has_text from articles
where article_id in (select article_id from touched union all select article_id from texts)
    or story_id in (select story_id from touched);
