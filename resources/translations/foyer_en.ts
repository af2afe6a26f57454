<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Report</name>
    <message numerus="yes">
        <source>copies %1, %n packets apart</source>
        <translation>
            <numerusform>copies %1, %n packet apart</numerusform>
            <numerusform>copies %1, %n packets apart</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foyer::app::AwayWatch</name>
    <message numerus="yes">
        <source>After %n minutes without keyboard and mouse, in any program.</source>
        <translation>
            <numerusform>After one minute without keyboard and mouse, in any program.</numerusform>
            <numerusform>After %n minutes without keyboard and mouse, in any program.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n minutes without keyboard and mouse in Foyer’s window: this desktop does not tell what you do elsewhere.</source>
        <translation>
            <numerusform>After one minute without keyboard and mouse in Foyer’s window: this desktop does not tell what you do elsewhere.</numerusform>
            <numerusform>After %n minutes without keyboard and mouse in Foyer’s window: this desktop does not tell what you do elsewhere.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n minutes without keyboard and mouse.</source>
        <translation>
            <numerusform>After one minute without keyboard and mouse.</numerusform>
            <numerusform>After %n minutes without keyboard and mouse.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foyer::app::ContactFilePresenter</name>
    <message numerus="yes">
        <source>%n people in the file</source>
        <translation>
            <numerusform>%n person in the file</numerusform>
            <numerusform>%n people in the file</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foyer::app::LobbyPresenter</name>
    <message numerus="yes">
        <source>%n people here</source>
        <translation>
            <numerusform>One person here</numerusform>
            <numerusform>%n people here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people were here</source>
        <translation>
            <numerusform>One person was here</numerusform>
            <numerusform>%n people were here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missed calls, the last from %1</source>
        <translation>
            <numerusform>Missed call from %1</numerusform>
            <numerusform>%n missed calls, the last from %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foyer::app::QualityPresenter</name>
    <message numerus="yes">
        <source>%n copies of each frame</source>
        <translation>
            <numerusform>a copy of each frame</numerusform>
            <numerusform>%n copies of each frame</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foyer::app::RelayAccess</name>
    <message numerus="yes">
        <source>at most %n people</source>
        <translation>
            <numerusform>at most 1 person</numerusform>
            <numerusform>at most %n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foyer::app::RelayPresenter</name>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n calls</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other people</source>
        <translation>
            <numerusform>1 other person</numerusform>
            <numerusform>%n other people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foyer::app::TrayPresenter</name>
    <message numerus="yes">
        <source>%n missed calls</source>
        <translation>
            <numerusform>%n missed call</numerusform>
            <numerusform>%n missed calls</numerusform>
        </translation>
    </message>
</context>
</TS>
