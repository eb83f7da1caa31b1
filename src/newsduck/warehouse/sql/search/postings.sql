insert into search_tail select token, document, frequency from _postings;

insert into search_documents
select document, article_id, content_hash, length from new_documents join _lengths using (document);
