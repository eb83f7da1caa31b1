select run_id, started_at, trigger, flow_run_id, code_version, finished_at, status
from runs order by started_at desc, run_id limit ?;
