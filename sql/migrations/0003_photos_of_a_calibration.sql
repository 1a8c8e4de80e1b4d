-- How many photos each calibration placed is counted for its history.
create index analysis_calibration on rivage.analysis (calibration_id);
