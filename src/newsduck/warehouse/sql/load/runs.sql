-- The run's row comes last: where it tells of a round, the round is there.
merge into runs t using (
    select r.*, coalesce(l.rounds, 0)::integer as rounds, coalesce(l.addresses, 0)::integer as addresses,
        coalesce(l.articles_new, 0)::integer as articles_new,
        coalesce(l.articles_changed, 0)::integer as articles_changed,
        coalesce(l.copies, 0)::integer as copies, coalesce(l.headlines_new, 0)::integer as headlines_new,
        coalesce(l.headlines_seen, 0)::integer as headlines_seen
    from _run r left join (
        select run_id, count(*) as rounds, sum(addresses) as addresses, sum(articles_new) as articles_new,
            sum(articles_changed) as articles_changed, sum(copies) as copies,
            sum(headlines_new) as headlines_new, sum(headlines_seen) as headlines_seen
        from loads group by run_id
    ) l using (run_id)
) s on t.run_id = s.run_id
when matched then update by name
when not matched then insert by name;
