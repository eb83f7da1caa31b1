-- An article is due once for each of the hours: when that hour has come and it was not tried since.
with standing as (
    select distinct h.address_id
    from placements p
    join staged_fronts f using (list_id)
    join headlines h using (headline_id)
    where p.off_at is null and h.address_id is not null
        and p.last_seen_at >= getvariable('fronts_from') and h.last_seen_at >= getvariable('fronts_from')
)
select a.portal, a.url, a.kind, a.etag, a.last_modified, a.body_digest
from addresses a semi join standing using (address_id)
where a.kind = 'article' and a.first_read_at is not null
    and len(list_filter(getvariable('reread_hours'), lambda hours:
        a.first_read_at + to_hours(hours) <= getvariable('as_of')
        and a.last_tried_at < a.first_read_at + to_hours(hours))) > 0
order by a.first_read_at, a.url;
