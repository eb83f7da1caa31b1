-- A page that was parsed is `loaded` if anything of it is new, else `unchanged`; `empty` if it held nothing.
-- A further page of a story is told with the first one: it is new where its bytes are, and no younger ones are known.
create or replace temp table judged_outcomes as
select o.* exclude (disposition), case
        when o.disposition = 'loaded' and o.kind = 'page' and p.address_id is null
            and (a.last_read_at >= o.fetched_at or a.body_digest = o.body_digest) then 'unchanged'
        when o.disposition <> 'loaded' or p.address_id is null then o.disposition
        when not p.has_article and p.entries = 0 then 'empty'
        when c.article_id is not null or m.list_id is not null then 'loaded'
        else 'unchanged'
    end as disposition
from staged_outcomes o
left join staged_pages p on p.address_id = o.address_id and p.read_at = o.fetched_at
left join changed_articles c on c.article_id = o.address_id and c.last_seen_at = o.fetched_at
left join moved_lists m on m.list_id = o.address_id and m.read_at = o.fetched_at
left join (
    select address_id, last_read_at, body_digest from addresses
    where address_id in (select address_id from staged_outcomes where kind = 'page')
) a on a.address_id = o.address_id;

insert into outcomes by name
select * exclude (etag, last_modified, body_digest), getvariable('run_id') as run_id, getvariable('round') as round
from judged_outcomes;

create or replace temp table tried_addresses as
select *, disposition in ('loaded', 'unchanged', 'not-modified') as is_read
from judged_outcomes
qualify row_number() over (partition by address_id order by fetched_at desc, disposition) = 1;

-- The same attempt told again (a replay) is no further failure.
-- Validators are kept only from answers that were read: what failed in us must be served to us again.
merge into addresses t using tried_addresses s on t.address_id = s.address_id
when matched and s.fetched_at >= t.last_tried_at then update set
    url = s.url, kind = s.kind, last_tried_at = s.fetched_at, disposition = s.disposition,
    failures = if(s.is_read, 0, t.failures + (s.fetched_at > t.last_tried_at)::integer),
    first_read_at = coalesce(t.first_read_at, if(s.is_read, s.fetched_at, null)),
    last_read_at = if(s.is_read, s.fetched_at, t.last_read_at),
    etag = if(s.is_read, coalesce(s.etag, if(s.disposition = 'loaded', null, t.etag)), t.etag),
    last_modified = if(s.is_read,
        coalesce(s.last_modified, if(s.disposition = 'loaded', null, t.last_modified)), t.last_modified),
    body_digest = if(s.is_read, coalesce(s.body_digest, t.body_digest), t.body_digest)
when not matched then insert (
    address_id, portal, url, kind, first_read_at, last_read_at, last_tried_at, failures, disposition,
    etag, last_modified, body_digest
) values (
    s.address_id, s.portal, s.url, s.kind, if(s.is_read, s.fetched_at, null), if(s.is_read, s.fetched_at, null),
    s.fetched_at, if(s.is_read, 0, 1), s.disposition,
    if(s.is_read, s.etag, null), if(s.is_read, s.last_modified, null), if(s.is_read, s.body_digest, null)
);
