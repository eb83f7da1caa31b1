-- Every entry by itself, as it was printed: what a load reads is told of entries.
set variable opened_from = (select min(first_seen_at) from opened_entries);

delete from headlines
where last_seen_at >= getvariable('opened_from') and headline_id in (select one_id from opened);

insert into headlines by name select * exclude (one_id) from opened_entries;

delete from placements
where last_seen_at >= getvariable('opened_from') and headline_id in (select one_id from opened);

insert into placements by name
select p.* from printed_placements p semi join opened_entries using (headline_id);

update sightings set headline_id = printed_id, printed_id = null
where printed_id is not null and read_at >= getvariable('opened_from') and headline_id in (select one_id from opened);

delete from printed_placements where headline_id in (select headline_id from opened_entries);
delete from printed_headlines where one_id in (select one_id from opened);
