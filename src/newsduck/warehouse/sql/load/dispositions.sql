select disposition, count(*) from outcomes
where run_id = getvariable('run_id') and round = getvariable('round')
group by disposition order by disposition;
