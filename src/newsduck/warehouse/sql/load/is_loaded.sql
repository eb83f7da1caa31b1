select 1 from loads where run_id = getvariable('run_id') and round = getvariable('round');
