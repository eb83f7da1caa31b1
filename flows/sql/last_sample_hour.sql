select max(fetched_at) from outcomes where portal in ('sample', 'sample-reprint');
