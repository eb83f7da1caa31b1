-- What stands on a front page was seen in its last reading: none of it before the oldest of these.
set variable fronts_from = (
    select coalesce(min(read_at), 'infinity'::timestamptz) from (
        select max(read_at) as read_at from readings semi join staged_fronts using (list_id) group by list_id
    )
);
