-- The tables of warehouse_sqlite.py, with the indexes that its statements need.
create table headlines (
    headline_id integer primary key, portal, text, url, is_truncated, listed_at, listed_raw, address_id,
    folded, opening_key, first_seen_at, last_seen_at, article_id, link_rule
);
create index waiting on headlines (opening_key) where article_id is null;
create index addressed on headlines (address_id) where article_id is null;
create table articles (
    article_id integer primary key, portal, url, title, body, published_at, source, content_hash, record_hash,
    first_seen_at, last_seen_at
);
create table versions (
    article_id integer, content_hash integer, title, body, seen_at, primary key (article_id, content_hash)
);
create table openings (article_id, portal, part, opening, opening_key, told_at);
create index opened on openings (opening_key);
create table stays (
    list_id integer, section, headline_id integer, on_at, off_at, last_seen_at, first_rank, best_rank, last_rank,
    sightings
);
create unique index standing on stays (list_id, headline_id, section) where off_at is null;
create table outcomes (address_id, portal, url, kind, disposition, status, fetched_at, detail);
create table addresses (address_id integer primary key, portal, url, kind, disposition, last_tried_at);
create virtual table search using fts5(title, body, content = '');

create temp table now (
    list_id integer, section, headline_id integer, rank, seen_at, unique (list_id, headline_id, section)
);
