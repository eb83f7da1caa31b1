-- The headlines that this load may change and that were made of several entries: those it reads again, those that
-- stand on its lists, and all young ones, for an article or a longer entry may have come that tells more of them.
create or replace temp table opened as
select distinct one_id from printed_headlines
where last_seen_at >= getvariable('waiting_from')
    or headline_id in (select headline_id from staged_headlines)
    or headline_id in (
        select p.headline_id from printed_placements p join windows w using (list_id) where p.last_seen_at >= w.from_at
    );

create or replace temp table opened_entries as
select p.* from printed_headlines p semi join opened using (one_id);
