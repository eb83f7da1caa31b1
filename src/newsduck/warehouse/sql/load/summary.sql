insert into loads by name
select
    getvariable('run_id') as run_id, getvariable('round') as round, getvariable('loaded_at') as loaded_at,
    (select count(*) from judged_outcomes) as addresses,
    (select count(*) from changed_articles where is_new) as articles_new,
    (select count(*) from changed_articles where is_reworded and not is_new) as articles_changed,
    (select count(*) from changed_articles c join staged_verdicts v using (article_id)
        where c.is_new and v.copy_of is not null) as copies,
    (select count(*) from new_headlines) as headlines_new,
    (select count(*) from staged_entries) as headlines_seen;
