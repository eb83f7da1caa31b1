-- Entries of these front pages, once an address, that were never read and may be tried (again) now. What stands
-- there was seen in the reading just loaded: that bound lets old row groups be skipped.
with listed as (
    select f.portal, h.url, h.address_id, f.place, p.section, p.last_rank, p.on_at
    from placements p
    join staged_fronts f using (list_id)
    join headlines h using (headline_id)
    where p.off_at is null and h.address_id is not null
        and p.last_seen_at >= getvariable('fronts_from') and h.last_seen_at >= getvariable('fronts_from')
    qualify row_number() over (partition by h.address_id order by f.place, p.last_rank, p.section, h.url) = 1
)
select l.portal, l.url, 'article', null, null, null
from listed l
anti join staged_fronts f on f.list_id = l.address_id
left join addresses a using (address_id)
where a.address_id is null
    or (a.first_read_at is null and getvariable('as_of') >= a.last_tried_at + to_hours(
        if(a.disposition in ('off-scope', 'robots', 'unsafe-address', 'not-html', 'too-large', 'quarantined'),
            getvariable('retry_hours_refused'), getvariable('retry_hours'))[a.failures]))
order by l.portal, a.address_id is not null, l.place, l.last_rank, l.section, l.url;
