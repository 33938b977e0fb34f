"""Parts of invented names."""

FIRST = (
    "Alva Björn Clara David Elin Filip Gun Hanna Ivar Jenny Kaj Lisa Mona Nils Oskar Petra Ragnar "
    "Sara Tove Ulf Vera Wilma Yngve Åke Ärla Östen Amir Fatima Leila Omar"
).split()
LAST = (
    "Attrappander Demolund Exempelgren Fiktivlind Hittepåsson Låtsasdal Modellquist Obefintlig "
    "Påhittsberg Provberg Skenmark Testander Tänktgren Uppdiktsson"
).split()
