-- What stood on a front page at a moment is told by its last reading that was not the same as the one before.
alter table readings add column is_full boolean default true;

update readings set is_full = false
where kind = 'front' and not exists (
    select 1 from sightings s where s.list_id = readings.list_id and s.read_at = readings.read_at
);
