create or replace temp table staged_fronts (portal varchar, url varchar, list_id ubigint, place integer);
