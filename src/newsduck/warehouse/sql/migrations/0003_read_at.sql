-- The fields of an article are those of its youngest page, not of the last 304: a replay of that page may mend them.
alter table articles add column read_at timestamptz;

update articles set read_at = coalesce(
    (
        select max(o.fetched_at) from outcomes o
        where o.address_id = articles.article_id and o.status = 200 and o.disposition in ('loaded', 'unchanged')
    ),
    last_seen_at
);
