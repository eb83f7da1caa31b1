-- Numbers are given once: they are counted on before the outdated wordings go.
create or replace temp table new_documents as
select
    ((select coalesce(max(document), 0) from search_documents) + row_number() over (order by article_id))::integer
        as document,
    article_id, content_hash, title, body
from changed_articles where is_reworded;

delete from search_documents
where article_id in (select article_id from changed_articles where is_reworded and not is_new);
