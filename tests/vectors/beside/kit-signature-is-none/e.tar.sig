see the wiki
