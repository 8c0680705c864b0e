"""The auditor's report on one run or several: the same records as page, document and workbook."""
