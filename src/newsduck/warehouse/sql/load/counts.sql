select articles_new, articles_changed, copies, headlines_new, headlines_seen
from loads where run_id = getvariable('run_id') and round = getvariable('round');
