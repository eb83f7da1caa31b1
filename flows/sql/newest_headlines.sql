-- the ten headlines that appeared last
select portal, text, url, strftime(coalesce(listed_at, first_seen_at), '%m-%d %H:%M') as listed
from headlines
where first_seen_at >= timestamptz $started_at
order by coalesce(listed_at, first_seen_at) desc, headline_id
limit 10;
