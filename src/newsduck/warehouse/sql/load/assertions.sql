-- Each row names an invariant that this load would break; none may come back. Where a row that has the key of a
-- staged one cannot have been seen earlier than some time, that bound lets old row groups be skipped.
select 'an article stands twice' as broken, count(*) as times from (
    select article_id from articles semi join staged_articles using (article_id)
    group by article_id having count(*) > 1
) having count(*) > 0
union all
select 'a wording stands twice', count(*) from (
    select article_id, content_hash from article_versions semi join staged_articles using (article_id)
    group by all having count(*) > 1
) having count(*) > 0
union all
select 'a headline stands twice', count(*) from (
    select headline_id from headlines semi join staged_headlines using (headline_id)
    where last_seen_at >= getvariable('touched_from') group by headline_id having count(*) > 1
) having count(*) > 0
union all
select 'a placement stands twice', count(*) from (
    select placement_id from placements semi join new_stays using (placement_id)
    where last_seen_at >= getvariable('from_at') group by placement_id having count(*) > 1
) having count(*) > 0
union all
select 'an address stands twice', count(*) from (
    select address_id from addresses semi join tried_addresses using (address_id)
    group by address_id having count(*) > 1
) having count(*) > 0
union all
select 'outcomes do not add up to addresses', count(*) from outcomes
where run_id = getvariable('run_id') and round = getvariable('round')
having count(*) <> (select count(*) from staged_outcomes);
