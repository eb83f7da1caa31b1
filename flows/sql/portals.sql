-- every portal of which something was loaded
select distinct portal from portals;
