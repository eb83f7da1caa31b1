select portal, count(*) from outcomes where run_id = ? and kind = 'article' group by portal;
