select document, title, body from new_documents order by document;
