-- portals that scheduled runs of this kind have read since the logical hour began
select distinct portal
from outcomes
join runs using (run_id)
where trigger = $trigger and runs.status = 'completed' and started_at >= timestamptz $since;
