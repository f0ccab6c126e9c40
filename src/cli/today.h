/* The day it is, here. */
#ifndef CLI_TODAY_H
#define CLI_TODAY_H

enum { CLI_DAY = 16 };

/* YYYY-MM-DD, local time. */
void cli_today(char day[CLI_DAY]);

#endif
