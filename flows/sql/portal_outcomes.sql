-- addresses by portal and disposition of one run
select portal, disposition, count(*) as addresses
from outcomes
where run_id = $run_id
group by all
order by all;
