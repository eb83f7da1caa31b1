select
    a.article_id, a.portal, a.url, a.title, coalesce(b.body, '') as body, a.first_seen_at, a.published_at,
    a.published_precision, a.source, a.copy_of, a.copy_rule, a.copy_similarity, a.story_id,
    a.copy_nearest as nearest
from (
    select * exclude (body) from articles where article_id in (select article_id from members)
) a
left join (
    select article_id, body from articles where article_id in (select article_id from texts)
) b using (article_id)
order by a.first_seen_at, a.article_id
