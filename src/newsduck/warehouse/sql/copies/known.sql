-- By their places in the table: whatever stands elsewhere is not read, however long the history is.
select
    article_id, portal, url, title, coalesce(body, '') as body, first_seen_at, published_at, published_precision, source,
    copy_of, copy_rule, copy_similarity, story_id, copy_nearest as nearest
from (
    select rowid as place, * exclude (body) from articles
    where ({{members}}) and rowid in (select place from members)
)
left join (
    select rowid as place, body from articles
    where ({{texts}}) and rowid in (select place from members where has_text)
) using (place)
order by first_seen_at, article_id
