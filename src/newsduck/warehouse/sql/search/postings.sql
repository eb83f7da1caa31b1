create or replace temp table new_postings as
select token, document, sum(weight) as frequency from _tokens group by token, document;

insert into search_tail
select token, document, least(frequency, 255)::utinyint from new_postings order by token, document;

insert into search_documents
select document, article_id, content_hash, length
from new_documents join (
    select document, sum(frequency)::integer as length from new_postings group by document
) using (document);
