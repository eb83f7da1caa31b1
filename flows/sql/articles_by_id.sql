select article_id, last_seen_at, title, body, published_at, source, authors, editors, keywords, channel
from articles
where article_id in (select unnest(string_split($ids, ', '))::ubigint);
