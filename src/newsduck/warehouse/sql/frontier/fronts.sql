select f.portal, f.url, 'front', a.etag, a.last_modified, a.body_digest
from staged_fronts f left join addresses a on a.address_id = f.list_id
order by f.portal, f.place;
