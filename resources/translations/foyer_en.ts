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
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n completed</source>
        <translation>
            <numerusform>%n completed</numerusform>
            <numerusform>%n completed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged</source>
        <translation>
            <numerusform>%n unchanged</numerusform>
            <numerusform>%n unchanged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out for lack of room</source>
        <translation>
            <numerusform>%n left out for lack of room</numerusform>
            <numerusform>%n left out for lack of room</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n become verified here.</source>
        <translation>
            <numerusform>%n becomes verified here.</numerusform>
            <numerusform>%n become verified here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are marked verified; this is ignored unless you saved the file yourself.</source>
        <translation>
            <numerusform>%n is marked verified; this is ignored unless you saved the file yourself.</numerusform>
            <numerusform>%n are marked verified; this is ignored unless you saved the file yourself.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are marked Key changed, because you verified another key with that name.</source>
        <translation>
            <numerusform>%n is marked Key changed, because you verified another key with that name.</numerusform>
            <numerusform>%n are marked Key changed, because you verified another key with those names.</numerusform>
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
        <source>You are on %n relays. Each sees who talks to whom and when on it, never what is said.</source>
        <translation>
            <numerusform>You are on %n relay. It sees who talks to whom and when on it, never what is said.</numerusform>
            <numerusform>You are on %n relays. Each sees who talks to whom and when on it, never what is said.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n relays</source>
        <translation>
            <numerusform>%n relay</numerusform>
            <numerusform>%n relays</numerusform>
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
        <source>up to %n people</source>
        <translation>
            <numerusform>up to %n person</numerusform>
            <numerusform>up to %n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foyer::app::RelayGuestsModel</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
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
