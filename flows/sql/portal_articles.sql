-- articles by portal of one run: new ones, changed ones, and copies among them
select
    a.portal,
    count(*) filter (where v.version = 1) as new,
    count(*) filter (where v.version > 1) as changed,
    count(*) filter (where v.version = 1 and a.copy_of is not null) as copies
from article_versions v
join articles a using (article_id)
where v.run_id = $run_id
group by all
order by all;
