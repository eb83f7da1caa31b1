-- the sample's last hour, and when it was read by the clock on the wall
select max(o.fetched_at), max(l.loaded_at)
from outcomes o
join loads l using (run_id, round)
where o.portal in ('sample', 'sample-reprint');
