<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActiveView</name>
    <message>
        <source>Choose another microphone</source>
        <translation>Anderes Mikrofon wählen</translation>
    </message>
    <message>
        <source>Speak without comparing</source>
        <translation>Ohne Vergleich sprechen</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Mikrofon an</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Choose other devices</source>
        <translation>Andere Geräte wählen</translation>
    </message>
    <message>
        <source>Compare words</source>
        <translation>Wörter vergleichen</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Strg+K</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Resume the call now</source>
        <translation>Gespräch jetzt fortsetzen</translation>
    </message>
</context>
<context>
    <name>AskDialog</name>
    <message>
        <source>Directly</source>
        <translation>Direkt</translation>
    </message>
    <message>
        <source>Call %1 directly or through the relay?</source>
        <translation>%1 direkt oder über das Relais anrufen?</translation>
    </message>
    <message>
        <source>Direct calls can be quicker, but each of you sees the other’s network address. Through the relay both stay hidden.</source>
        <translation>Direkt kann es schneller gehen, aber ihr seht gegenseitig eure Netzwerkadressen. Über das Relais bleiben beide verborgen.</translation>
    </message>
    <message>
        <source>Through the relay</source>
        <translation>Über das Relais</translation>
    </message>
    <message>
        <source>Don’t call</source>
        <translation>Nicht anrufen</translation>
    </message>
</context>
<context>
    <name>BackupDialog</name>
    <message>
        <source>Back up your identity</source>
        <translation>Identität sichern</translation>
    </message>
    <message>
        <source>If this computer is lost, a backup of your key makes you the same person to everybody again. Whoever has it can be you: keep it where nobody else looks.</source>
        <translation>Geht dieser Computer verloren, bist du mit einer Sicherung deines Schlüssels für alle wieder dieselbe Person. Wer sie hat, kann sich für dich ausgeben: Bewahre sie da auf, wo sonst niemand hinsieht.</translation>
    </message>
    <message>
        <source>Kind of backup</source>
        <translation>Art der Sicherung</translation>
    </message>
    <message>
        <source>24 words</source>
        <translation>24 Wörter</translation>
    </message>
    <message>
        <source>Encrypted file</source>
        <translation>Verschlüsselte Datei</translation>
    </message>
    <message>
        <source>The 24 words</source>
        <translation>Die 24 Wörter</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: hidden</source>
        <translation>%1: verborgen</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Save the file</source>
        <translation>Datei speichern</translation>
    </message>
    <message>
        <source>Hide the words</source>
        <translation>Wörter verbergen</translation>
    </message>
    <message>
        <source>Show the words</source>
        <translation>Wörter zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Choose where to save the backup</source>
        <translation>Speicherort der Sicherung auswählen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Write them on paper, in this order. Do not photograph or copy them: pictures and clipboards are easily shared or synchronised.</source>
        <translation>Schreib sie in dieser Reihenfolge auf Papier. Fotografiere und kopiere sie nicht: Bilder und Zwischenablagen werden schnell geteilt oder synchronisiert.</translation>
    </message>
    <message>
        <source>Repeat the passphrase</source>
        <translation>Passphrase wiederholen</translation>
    </message>
</context>
<context>
    <name>Badge</name>
    <message>
        <source>99+</source>
        <translation>99+</translation>
    </message>
</context>
<context>
    <name>CallDock</name>
    <message>
        <source>Muted</source>
        <translation>Ist stumm</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>Unmute your microphone</source>
        <translation>Mikrofon einschalten</translation>
    </message>
    <message>
        <source>Mute your microphone</source>
        <translation>Mikrofon stummschalten</translation>
    </message>
    <message>
        <source>Deafened</source>
        <translation>Ton ist aus</translation>
    </message>
    <message>
        <source>Deafen</source>
        <translation>Ton aus</translation>
    </message>
    <message>
        <source>D</source>
        <translation>D</translation>
    </message>
    <message>
        <source>Hear the other side again</source>
        <translation>Die andere Seite wieder hören</translation>
    </message>
    <message>
        <source>Deafen: hear nothing</source>
        <translation>Ton aus: nichts hören</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>Du sprichst</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>Sprechen</translation>
    </message>
    <message>
        <source>T</source>
        <translation>T</translation>
    </message>
    <message>
        <source>Hold to talk</source>
        <translation>Zum Sprechen halten</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Quality: %1</source>
        <translation>Qualität: %1</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>F12</source>
        <translation>F12</translation>
    </message>
    <message>
        <source>Close the diagnostics</source>
        <translation>Diagnose schließen</translation>
    </message>
    <message>
        <source>Show the diagnostics</source>
        <translation>Diagnose zeigen</translation>
    </message>
    <message>
        <source>End call</source>
        <translation>Auflegen</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Strg+E</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Halten</translation>
    </message>
    <message>
        <source>Resume the call</source>
        <translation>Gespräch fortsetzen</translation>
    </message>
    <message>
        <source>Put the call on hold</source>
        <translation>Gespräch halten</translation>
    </message>
</context>
<context>
    <name>CallHead</name>
    <message>
        <source>Duration %1</source>
        <translation>Dauer %1</translation>
    </message>
    <message>
        <source>Connection %1: show diagnostics</source>
        <translation>Verbindung %1: Diagnose zeigen</translation>
    </message>
</context>
<context>
    <name>CallStage</name>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>Du: %1</translation>
    </message>
</context>
<context>
    <name>CapabilityWords</name>
    <message>
        <source>The sound server offers a microphone.</source>
        <translation>Der Soundserver bietet ein Mikrofon.</translation>
    </message>
    <message>
        <source>The sound server has not answered yet.</source>
        <translation>Der Soundserver hat noch nicht geantwortet.</translation>
    </message>
    <message>
        <source>The sound server offers speakers.</source>
        <translation>Der Soundserver bietet Lautsprecher.</translation>
    </message>
    <message>
        <source>Switched off for this start.</source>
        <translation>Für diesen Start ausgeschaltet.</translation>
    </message>
    <message>
        <source>Avahi does not answer, so relays on this network are not found.</source>
        <translation>Avahi antwortet nicht, darum werden Relais in diesem Netzwerk nicht gefunden.</translation>
    </message>
    <message>
        <source>Start avahi-daemon, or join relays by link.</source>
        <translation>Starte avahi-daemon, oder tritt Relais per Link bei.</translation>
    </message>
    <message>
        <source>Calls use IPv4. IPv6 may be switched off in the kernel.</source>
        <translation>Anrufe laufen über IPv4. Vielleicht ist IPv6 im Kernel ausgeschaltet.</translation>
    </message>
    <message>
        <source>This computer has no IPv6 address that others could use.</source>
        <translation>Dieser Computer hat keine IPv6-Adresse, die andere benutzen könnten.</translation>
    </message>
    <message>
        <source>Calls to the internet use IPv4.</source>
        <translation>Anrufe ins Internet laufen über IPv4.</translation>
    </message>
    <message>
        <source>The router opened a port by PCP.</source>
        <translation>Der Router hat mit PCP einen Port geöffnet.</translation>
    </message>
    <message>
        <source>The router opened a port by NAT-PMP.</source>
        <translation>Der Router hat mit NAT-PMP einen Port geöffnet.</translation>
    </message>
    <message>
        <source>The router opened a port by UPnP.</source>
        <translation>Der Router hat mit UPnP einen Port geöffnet.</translation>
    </message>
    <message>
        <source>The router is being asked.</source>
        <translation>Der Router wird gefragt.</translation>
    </message>
    <message>
        <source>The router opens no port.</source>
        <translation>Der Router öffnet keinen Port.</translation>
    </message>
    <message>
        <source>No router stands between this computer and its network.</source>
        <translation>Zwischen diesem Computer und seinem Netzwerk steht kein Router.</translation>
    </message>
    <message>
        <source>The kernel or the network card takes one packet at a time.</source>
        <translation>Der Kernel oder die Netzwerkkarte nimmt ein Paket nach dem anderen.</translation>
    </message>
    <message>
        <source>The network thread runs before ordinary programs (SCHED_RR).</source>
        <translation>Der Netzwerk-Thread hat Vorrang vor gewöhnlichen Programmen (SCHED_RR).</translation>
    </message>
    <message>
        <source>The system refused it: a busy computer may delay packets.</source>
        <translation>Das System hat es verweigert: Ein ausgelasteter Computer kann Pakete verzögern.</translation>
    </message>
    <message>
        <source>The sound thread runs before ordinary programs (SCHED_RR).</source>
        <translation>Der Ton-Thread hat Vorrang vor gewöhnlichen Programmen (SCHED_RR).</translation>
    </message>
    <message>
        <source>No sound device was opened yet.</source>
        <translation>Es wurde noch kein Audiogerät geöffnet.</translation>
    </message>
    <message>
        <source>The system refused it: on a busy computer the sound may stutter.</source>
        <translation>Das System hat es verweigert: Auf einem ausgelasteten Computer kann der Ton stottern.</translation>
    </message>
    <message>
        <source>This Opus was built without it.</source>
        <translation>Dieses Opus wurde ohne sie gebaut.</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>Key ring</source>
        <translation>Schlüsselbund</translation>
    </message>
    <message>
        <source>Relays nearby (mDNS)</source>
        <translation>Relais in der Nähe (mDNS)</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>Port at the router</source>
        <translation>Port am Router</translation>
    </message>
    <message>
        <source>Packets in bundles (GSO)</source>
        <translation>Pakete im Bündel (GSO)</translation>
    </message>
    <message>
        <source>Real-time priority for the network</source>
        <translation>Echtzeit-Vorrang für das Netzwerk</translation>
    </message>
    <message>
        <source>Real-time priority for the sound</source>
        <translation>Echtzeit-Vorrang für den Ton</translation>
    </message>
    <message>
        <source>Deep redundancy (DRED)</source>
        <translation>Tiefe Redundanz (DRED)</translation>
    </message>
    <message>
        <source>Speech enhancement (OSCE)</source>
        <translation>Sprachverbesserung (OSCE)</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Noch nicht bekannt</translation>
    </message>
    <message>
        <source>Foyer is asking; look again in a moment.</source>
        <translation>Foyer fragt gerade; sieh gleich noch einmal nach.</translation>
    </message>
    <message>
        <source>The network part is not running, because there is no identity to use.</source>
        <translation>Der Netzwerkteil läuft nicht, weil es keine brauchbare Identität gibt.</translation>
    </message>
    <message>
        <source>A file or silence replaces the microphone, as requested at the start.</source>
        <translation>Statt des Mikrofons dient eine Datei oder Stille, wie beim Start angegeben.</translation>
    </message>
    <message>
        <source>If it stays like this: is PulseAudio or PipeWire running?</source>
        <translation>Wenn es so bleibt: Läuft PulseAudio oder PipeWire?</translation>
    </message>
    <message>
        <source>The sound server answers, but has no microphone.</source>
        <translation>Der Soundserver antwortet, hat aber kein Mikrofon.</translation>
    </message>
    <message>
        <source>Plug one in, or switch it on in the system settings.</source>
        <translation>Schließe eines an, oder schalte es in den Systemeinstellungen ein.</translation>
    </message>
    <message>
        <source>A file or nothing replaces the speakers, as requested at the start.</source>
        <translation>Statt der Lautsprecher dient eine Datei oder gar nichts, wie beim Start angegeben.</translation>
    </message>
    <message>
        <source>The sound server answers, but has no speakers.</source>
        <translation>Der Soundserver antwortet, hat aber keine Lautsprecher.</translation>
    </message>
    <message>
        <source>Plug some in, or switch them on in the system settings.</source>
        <translation>Schließe welche an, oder schalte sie in den Systemeinstellungen ein.</translation>
    </message>
    <message>
        <source>It keeps the secret key of your identity.</source>
        <translation>Er bewahrt den geheimen Schlüssel deiner Identität auf.</translation>
    </message>
    <message>
        <source>FOYER_KEYRING=off: the secret key is in a file that only you can read.</source>
        <translation>FOYER_KEYRING=off: Das Geheimnis liegt in einer Datei, die nur du lesen kannst.</translation>
    </message>
    <message>
        <source>No desktop session bus: the secret key is in a file that only you can read.</source>
        <translation>Kein Nachrichtenbus einer Desktop-Sitzung: Das Geheimnis liegt in einer Datei, die nur du lesen kannst.</translation>
    </message>
    <message>
        <source>Nothing to do. A new identity made in a desktop session goes to its key ring.</source>
        <translation>Du musst nichts tun. Eine neue Identität, die in einer Desktop-Sitzung entsteht, kommt in deren Schlüsselbund.</translation>
    </message>
    <message>
        <source>The secret key is in a file that only you can read: no key ring took it when the identity was made.</source>
        <translation>Das Geheimnis liegt in einer Datei, die nur du lesen kannst: Kein Schlüsselbund hat es aufgenommen, als die Identität entstand.</translation>
    </message>
    <message>
        <source>Nothing to do.</source>
        <translation>Du brauchst nichts zu tun.</translation>
    </message>
    <message>
        <source>Foyer finds relays on this network by itself.</source>
        <translation>Foyer findet Relais in diesem Netz von selbst.</translation>
    </message>
    <message>
        <source>This computer has an IPv6 address and a route to the internet.</source>
        <translation>Dieser Computer hat eine IPv6-Adresse und einen Weg nach außen.</translation>
    </message>
    <message>
        <source>The system offers no IPv6.</source>
        <translation>Das System gibt keinen IPv6-Socket her.</translation>
    </message>
    <message>
        <source>Calls use IPv4. Addresses come from the router or the provider.</source>
        <translation>Anrufe laufen über IPv4. Adressen vergibt der Router oder der Internetanbieter.</translation>
    </message>
    <message>
        <source>There is an IPv6 address, but no route to the internet.</source>
        <translation>Es gibt eine IPv6-Adresse, aber keinen Weg nach außen.</translation>
    </message>
    <message>
        <source>Not requested yet: no relay outside this computer was reached.</source>
        <translation>Noch nicht gefragt: Es wurde kein Relais außerhalb dieses Computers erreicht.</translation>
    </message>
    <message>
        <source>Not requested: direct calls are switched off.</source>
        <translation>Nicht gefragt: Direkte Anrufe sind ausgeschaltet.</translation>
    </message>
    <message>
        <source>Switch them on in the settings, under Privacy.</source>
        <translation>Schalte sie in den Einstellungen unter „Privatsphäre“ ein.</translation>
    </message>
    <message>
        <source>Not requested: switched off in the settings.</source>
        <translation>Nicht gefragt: In den Einstellungen ausgeschaltet.</translation>
    </message>
    <message>
        <source>Switch it on in the settings, under Network.</source>
        <translation>Schalte es in den Einstellungen unter „Netzwerk“ ein.</translation>
    </message>
    <message>
        <source>UPnP, NAT-PMP or PCP can be switched on in the router&apos;s settings. Many calls go directly without it.</source>
        <translation>UPnP, NAT-PMP oder PCP schaltet man in den Einstellungen des Routers ein. Viele Anrufe laufen auch ohne direkt.</translation>
    </message>
    <message>
        <source>Several packets leave in one system call (UDP_SEGMENT).</source>
        <translation>Mehrere Pakete gehen mit einem Systemaufruf hinaus (UDP_SEGMENT).</translation>
    </message>
    <message>
        <source>Nothing to do: it only costs a little processor time.</source>
        <translation>Du brauchst nichts zu tun: Es kostet nur etwas Rechenzeit.</translation>
    </message>
    <message>
        <source>An administrator can allow it with an rtprio limit of 5 or more.</source>
        <translation>Die Systemverwaltung erlaubt es mit einem Limit rtprio von mindestens 5.</translation>
    </message>
    <message>
        <source>An administrator can allow it with an rtprio limit of 1 or more.</source>
        <translation>Die Systemverwaltung erlaubt es mit einem Limit rtprio von mindestens 1.</translation>
    </message>
    <message>
        <source>Opus can resend earlier speech in a very compact form, in case packets are lost.</source>
        <translation>Opus kann frühere Sprache sehr klein noch einmal senden, wo Pakete verloren gehen.</translation>
    </message>
    <message>
        <source>Only copies of earlier frames make up for loss.</source>
        <translation>Verlust wird nur durch Kopien früherer Frames ausgeglichen.</translation>
    </message>
    <message>
        <source>Opus makes speech at low bit rates sound better.</source>
        <translation>Opus lässt Sprache mit niedriger Bitrate besser klingen.</translation>
    </message>
</context>
<context>
    <name>ChooseButton</name>
    <message>
        <source>Choose…</source>
        <translation>Auswählen…</translation>
    </message>
</context>
<context>
    <name>ComputerPage</name>
    <message>
        <source>Look again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>What Foyer found on this computer just now.</source>
        <translation>Was Foyer gerade auf diesem Computer festgestellt hat.</translation>
    </message>
</context>
<context>
    <name>ContactFileDialog</name>
    <message>
        <source>Save contacts to a file</source>
        <translation>Kontakte in einer Datei speichern</translation>
    </message>
    <message>
        <source>Add contacts from a file</source>
        <translation>Kontakte aus einer Datei hinzufügen</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>I saved this file myself</source>
        <translation>Ich habe diese Datei selbst gespeichert</translation>
    </message>
    <message>
        <source>Save the file</source>
        <translation>Datei speichern</translation>
    </message>
    <message>
        <source>Add them</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Look into the file</source>
        <translation>Datei ansehen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Choose where to save the contacts</source>
        <translation>Speicherort der Kontakte auswählen</translation>
    </message>
    <message>
        <source>Choose the file of contacts</source>
        <translation>Kontaktdatei auswählen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The file contains names, notes, keys and dates of all your contacts, readable by anyone who gets it. Your own key is not in it.</source>
        <translation>Die Datei enthält Namen, Notizen, Schlüssel und Daten aller deiner Kontakte, lesbar für alle, die sie bekommen. Dein eigener Schlüssel ist nicht darin.</translation>
    </message>
    <message>
        <source>Nothing you have is lost: the file adds people and fills in what is empty. Anyone who is blocked in it and not verified here becomes blocked here too. A key that you verified is never replaced.</source>
        <translation>Nichts geht verloren: Die Datei fügt Leute hinzu und ergänzt, was leer ist. Wer darin blockiert und hier nicht verifiziert ist, wird auch hier blockiert. Ein von dir verifizierter Schlüssel wird nie ersetzt.</translation>
    </message>
    <message>
        <source>Everyone marked verified in it then counts as verified here, and people you have talked with can be called directly. Leave this off for a file that somebody gave you.</source>
        <translation>Wer in der Datei als verifiziert steht, gilt dann auch hier als verifiziert, und mit wem du schon gesprochen hast, den darfst du direkt anrufen. Lass es bei einer Datei aus, die du von jemandem bekommen hast.</translation>
    </message>
</context>
<context>
    <name>ContactScreen</name>
    <message>
        <source>Relay only</source>
        <translation>Nur Relais</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Nachfragen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anrufen</translation>
    </message>
    <message>
        <source>Review the key of %1</source>
        <translation>Schlüssel von %1 ansehen</translation>
    </message>
    <message>
        <source>Call %1</source>
        <translation>%1 anrufen</translation>
    </message>
    <message>
        <source>Your name for them</source>
        <translation>Dein Name für diese Person</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Their key</source>
        <translation>Schlüssel dieser Person</translation>
    </message>
    <message>
        <source>Keys they had before</source>
        <translation>Frühere Schlüssel</translation>
    </message>
    <message>
        <source>Unblock %1</source>
        <translation>%1 nicht mehr blockieren</translation>
    </message>
    <message>
        <source>Block %1</source>
        <translation>%1 blockieren</translation>
    </message>
    <message>
        <source>Forget %1</source>
        <translation>%1 vergessen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>How their calls ring</source>
        <translation>Wie ihre Anrufe klingeln</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Anhören</translation>
    </message>
    <message>
        <source>Play how their calls ring</source>
        <translation>Anhören, wie ihre Anrufe klingeln</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Direkt</translation>
    </message>
    <message>
        <source>Opened from a link</source>
        <translation>Über einen Link geöffnet</translation>
    </message>
    <message>
        <source>The name they chose</source>
        <translation>Der selbst gewählte Name</translation>
    </message>
    <message>
        <source>Note, only for you</source>
        <translation>Notiz, nur für dich</translation>
    </message>
    <message>
        <source>Listed first in the lobby, with a star.</source>
        <translation>Steht in der Lobby vorn, mit einem Stern.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Forget %1?</source>
        <translation>%1 vergessen?</translation>
    </message>
    <message>
        <source>Their name, your note, your choices and the fact that you verified or blocked them are deleted. If somebody else later uses this name, Foyer cannot warn you.</source>
        <translation>Name, Notiz, deine Einstellungen und ob du verifiziert oder blockiert hast, werden gelöscht. Nutzt später jemand anderes diesen Namen, kann Foyer dich nicht warnen.</translation>
    </message>
</context>
<context>
    <name>ContactsScreen</name>
    <message>
        <source>Save to a file</source>
        <translation>In Datei speichern</translation>
    </message>
    <message>
        <source>Add from a file</source>
        <translation>Aus Datei hinzufügen</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Kontakte</translation>
    </message>
    <message>
        <source>Find a contact</source>
        <translation>Kontakt suchen</translation>
    </message>
    <message>
        <source>Name or note</source>
        <translation>Name oder Notiz</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Strg+F</translation>
    </message>
    <message>
        <source>People you talk with, name or star appear here.</source>
        <translation>Hier erscheinen Leute, mit denen du sprichst, denen du einen Namen gibst oder einen Stern.</translation>
    </message>
    <message>
        <source>No contact has that in their name or note.</source>
        <translation>Kein Kontakt hat das im Namen oder in der Notiz.</translation>
    </message>
    <message>
        <source>Find somebody in the lobby</source>
        <translation>In der Lobby jemanden finden</translation>
    </message>
</context>
<context>
    <name>DiagnosticsScreen</name>
    <message>
        <source>Lobby</source>
        <translation>Lobby</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Mikrofon an</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>To the call</source>
        <translation>Zum Gespräch</translation>
    </message>
</context>
<context>
    <name>EmptyLobby</name>
    <message>
        <source>Copy the link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Start a relay here</source>
        <translation>Hier ein Relais starten</translation>
    </message>
    <message>
        <source>Join by link…</source>
        <translation>Per Link beitreten…</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Check the network</source>
        <translation>Netzwerk prüfen</translation>
    </message>
    <message>
        <source>A relay sees who talks to whom and when, never what is said.</source>
        <translation>Ein Relais sieht, wer wann mit wem spricht, aber nie, was gesagt wird.</translation>
    </message>
    <message>
        <source>Relay found: %1</source>
        <translation>Relais gefunden: %1</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>Join %1</source>
        <translation>%1 beitreten</translation>
    </message>
</context>
<context>
    <name>EndedView</name>
    <message>
        <source>Back to the lobby</source>
        <translation>Zurück zur Lobby</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Call again</source>
        <translation>Erneut anrufen</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>This is not the link of a TURN server</source>
        <translation>Das ist kein Link zu einem TURN-Server</translation>
    </message>
    <message>
        <source>A link looks like turn:example.org or turns:example.org:443. Ask the person who runs the server for it.</source>
        <translation>Ein Link sieht aus wie turn:example.org oder turns:example.org:443. Bitte die Person darum, die den Server betreibt.</translation>
    </message>
    <message>
        <source>The address in the link is damaged</source>
        <translation>Die Adresse im Link ist beschädigt</translation>
    </message>
    <message>
        <source>Ask for the link again and copy all of it.</source>
        <translation>Lass dir den Link noch einmal geben und kopiere ihn ganz.</translation>
    </message>
    <message>
        <source>The TURN server cannot prove who it is</source>
        <translation>Der TURN-Server kann sich nicht ausweisen</translation>
    </message>
    <message>
        <source>Ask the person who runs the server. Until then calls do without it.</source>
        <translation>Frag die Person, die den Server betreibt. Bis dahin kommen Anrufe ohne ihn aus.</translation>
    </message>
    <message>
        <source>The TURN server cannot be reached</source>
        <translation>Der TURN-Server ist nicht erreichbar</translation>
    </message>
    <message>
        <source>Check host and port in the link. Where UDP is blocked, a link with turns: and port 443 may work.</source>
        <translation>Prüfe Host und Port im Link. Wo UDP gesperrt ist, kann ein Link mit turns: und Port 443 helfen.</translation>
    </message>
    <message>
        <source>The connection to the TURN server broke</source>
        <translation>Die Verbindung zum TURN-Server ist abgerissen</translation>
    </message>
    <message>
        <source>Foyer tries it again by itself.</source>
        <translation>Foyer versucht es von selbst wieder.</translation>
    </message>
    <message>
        <source>Type its name, for example stun.example.org.</source>
        <translation>Gib seinen Namen ein, zum Beispiel stun.example.org.</translation>
    </message>
    <message>
        <source>There are too many STUN servers</source>
        <translation>Es sind zu viele STUN-Server</translation>
    </message>
    <message>
        <source>This is not the address of a server</source>
        <translation>Das ist nicht die Adresse eines Servers</translation>
    </message>
    <message>
        <source>The network is being checked already</source>
        <translation>Das Netzwerk wird schon geprüft</translation>
    </message>
    <message>
        <source>Wait until that check has ended.</source>
        <translation>Warte, bis diese Prüfung zu Ende ist.</translation>
    </message>
    <message>
        <source>Something else than a relay answers over TCP</source>
        <translation>Über TCP antwortet etwas anderes als ein Relais</translation>
    </message>
    <message>
        <source>Foyer tries again by itself. A page that this network wants visited first may be in the way: open any page in a browser.</source>
        <translation>Foyer versucht es von selbst wieder. Vielleicht verlangt dieses Netzwerk erst den Besuch einer Anmeldeseite: Öffne irgendeine Seite im Browser.</translation>
    </message>
    <message>
        <source>The relay cannot listen on TCP</source>
        <translation>Das Relais kann nicht auf TCP lauschen</translation>
    </message>
    <message>
        <source>Its certificate could not be made. Start it without --tcp, or once more.</source>
        <translation>Sein Zertifikat konnte nicht erzeugt werden. Starte es ohne --tcp oder noch einmal.</translation>
    </message>
    <message>
        <source>It has no slashes: turn:example.org, not turn://example.org.</source>
        <translation>Er hat keine Schrägstriche: turn:example.org, nicht turn://example.org.</translation>
    </message>
    <message>
        <source>The link has a user name in it</source>
        <translation>Im Link steht ein Benutzername</translation>
    </message>
    <message>
        <source>Type user name and password into their own fields: links are copied and kept in places that anybody reads.</source>
        <translation>Gib Benutzername und Passwort in ihre eigenen Felder ein: Links werden kopiert und liegen an Orten, die jeder einsehen kann.</translation>
    </message>
    <message>
        <source>The link asks for a way that does not exist</source>
        <translation>Der Link verlangt einen Weg, den es nicht gibt</translation>
    </message>
    <message>
        <source>The link asks for TLS over UDP</source>
        <translation>Der Link verlangt TLS über UDP</translation>
    </message>
    <message>
        <source>The link says something Foyer does not know</source>
        <translation>Im Link steht etwas, das Foyer nicht kennt</translation>
    </message>
    <message>
        <source>The user name is missing</source>
        <translation>Der Benutzername fehlt</translation>
    </message>
    <message>
        <source>Type the name that the person who runs the server gave you.</source>
        <translation>Gib den Namen ein, den du von der Person hast, die den Server betreibt.</translation>
    </message>
    <message>
        <source>The password is missing</source>
        <translation>Das Passwort fehlt</translation>
    </message>
    <message>
        <source>Type the password that belongs to the user name.</source>
        <translation>Gib das Passwort ein, das zum Benutzernamen gehört.</translation>
    </message>
    <message>
        <source>There are too many TURN servers</source>
        <translation>Es sind zu viele TURN-Server</translation>
    </message>
    <message>
        <source>Remove one before you add another; a call needs one or two.</source>
        <translation>Entferne einen, bevor du einen weiteren hinzufügst; ein Anruf braucht einen oder zwei.</translation>
    </message>
    <message>
        <source>This TURN server is not in the list any more</source>
        <translation>Dieser TURN-Server ist nicht mehr in der Liste</translation>
    </message>
    <message>
        <source>Add it again if you want it.</source>
        <translation>Füge ihn wieder hinzu, wenn du ihn willst.</translation>
    </message>
    <message>
        <source>A TURN server is being tested already</source>
        <translation>Es wird schon ein TURN-Server getestet</translation>
    </message>
    <message>
        <source>Wait a few seconds, then test again.</source>
        <translation>Warte ein paar Sekunden, dann teste noch einmal.</translation>
    </message>
    <message>
        <source>The password could not be kept</source>
        <translation>Das Passwort konnte nicht gespeichert werden</translation>
    </message>
    <message>
        <source>The server works until Foyer ends; then the password has to be typed again.</source>
        <translation>Der Server funktioniert, bis Foyer beendet wird; danach muss das Passwort neu eingegeben werden.</translation>
    </message>
    <message>
        <source>The password of a TURN server cannot be read</source>
        <translation>Das Passwort eines TURN-Servers ist nicht lesbar</translation>
    </message>
    <message>
        <source>Type it again where the connections are set, if you use that server.</source>
        <translation>Gib es in den Einstellungen zu den Verbindungen noch einmal ein, wenn du diesen Server benutzt.</translation>
    </message>
    <message>
        <source>The password of a TURN server is gone</source>
        <translation>Das Passwort eines TURN-Servers ist weg</translation>
    </message>
    <message>
        <source>The server’s name leads nowhere</source>
        <translation>Der Name des Servers führt ins Leere</translation>
    </message>
    <message>
        <source>Check the host in the link, and whether this computer is on the network.</source>
        <translation>Prüfe den Host im Link, und ob dieser Computer im Netzwerk ist.</translation>
    </message>
    <message>
        <source>The server’s name could not be looked up</source>
        <translation>Der Name des Servers konnte nicht nachgeschlagen werden</translation>
    </message>
    <message>
        <source>Is this computer on the network? Then test once more.</source>
        <translation>Ist dieser Computer im Netzwerk? Dann teste noch einmal.</translation>
    </message>
    <message>
        <source>Too many names are being looked up</source>
        <translation>Es werden zu viele Namen nachgeschlagen</translation>
    </message>
    <message>
        <source>Wait a moment, then test once more.</source>
        <translation>Warte einen Moment, dann teste noch einmal.</translation>
    </message>
    <message>
        <source>This computer gives no socket for it</source>
        <translation>Dieser Computer gibt keinen Socket dafür her</translation>
    </message>
    <message>
        <source>Too many programs may be open. Close some, then try again.</source>
        <translation>Vielleicht sind zu viele Programme offen. Schließe einige, dann versuch es noch einmal.</translation>
    </message>
    <message>
        <source>Nothing answers at that port of the server</source>
        <translation>An diesem Port des Servers antwortet nichts</translation>
    </message>
    <message>
        <source>The server is where Foyer sends nothing</source>
        <translation>An die Adresse dieses Servers sendet Foyer nichts</translation>
    </message>
    <message>
        <source>Its name leads into this computer or its own network, and it came from a relay. Calls do without it.</source>
        <translation>Sein Name führt auf diesen Computer oder in dessen eigenes Netzwerk, und er kam von einem Relais. Anrufe kommen ohne ihn aus.</translation>
    </message>
    <message>
        <source>Something else than a TURN server answers there</source>
        <translation>Dort antwortet etwas anderes als ein TURN-Server</translation>
    </message>
    <message>
        <source>Check host and port in the link, or ask for it again.</source>
        <translation>Prüfe Host und Port im Link, oder lass ihn dir noch einmal geben.</translation>
    </message>
    <message>
        <source>This computer cannot check certificates</source>
        <translation>Dieser Computer kann keine Zertifikate prüfen</translation>
    </message>
    <message>
        <source>The system’s list of authorities is missing; install the package ca-certificates.</source>
        <translation>Die Liste der Zertifizierungsstellen fehlt im System; installiere das Paket ca-certificates.</translation>
    </message>
    <message>
        <source>Another server answers than the link names</source>
        <translation>Es antwortet ein anderer Server, als der Link nennt</translation>
    </message>
    <message>
        <source>Nothing was sent. Check the host in the link, or ask for it again.</source>
        <translation>Es wurde nichts gesendet. Prüfe den Host im Link, oder lass ihn dir noch einmal geben.</translation>
    </message>
    <message>
        <source>The certificate of the TURN server is out of date</source>
        <translation>Das Zertifikat des TURN-Servers ist abgelaufen</translation>
    </message>
    <message>
        <source>Is the clock of this computer right? Else ask the person who runs the server.</source>
        <translation>Geht die Uhr dieses Computers richtig? Sonst frag die Person, die den Server betreibt.</translation>
    </message>
    <message>
        <source>The TURN server does not speak TLS there</source>
        <translation>Der TURN-Server spricht dort kein TLS</translation>
    </message>
    <message>
        <source>Try the link with turn: instead of turns:, or another port.</source>
        <translation>Versuch den Link mit turn: statt turns:, oder einen anderen Port.</translation>
    </message>
    <message>
        <source>The TURN server ends the secure connection</source>
        <translation>Der TURN-Server beendet die sichere Verbindung</translation>
    </message>
    <message>
        <source>The TURN server makes no sense</source>
        <translation>Der TURN-Server antwortet unverständlich</translation>
    </message>
    <message>
        <source>The TURN server does not answer</source>
        <translation>Der TURN-Server antwortet nicht</translation>
    </message>
    <message>
        <source>The answers do not prove to be the server’s</source>
        <translation>Die Antworten stammen nicht nachweislich vom Server</translation>
    </message>
    <message>
        <source>The password may be wrong, or somebody answers in its place.</source>
        <translation>Vielleicht ist das Passwort falsch, oder jemand antwortet an seiner Stelle.</translation>
    </message>
    <message>
        <source>The TURN server does not accept user name and password</source>
        <translation>Der TURN-Server nimmt Benutzername und Passwort nicht an</translation>
    </message>
    <message>
        <source>Type both again. Credentials for a limited time may be used up: ask for new ones.</source>
        <translation>Gib beide noch einmal ein. Zugangsdaten auf Zeit können abgelaufen sein: Lass dir neue geben.</translation>
    </message>
    <message>
        <source>The TURN server contradicts itself</source>
        <translation>Der TURN-Server widerspricht sich</translation>
    </message>
    <message>
        <source>The TURN server forbids this</source>
        <translation>Der TURN-Server verbietet das</translation>
    </message>
    <message>
        <source>The TURN server has forgotten the connection</source>
        <translation>Der TURN-Server hat die Verbindung vergessen</translation>
    </message>
    <message>
        <source>This user has no room left on the TURN server</source>
        <translation>Dieser Benutzer hat auf dem TURN-Server keinen Platz mehr</translation>
    </message>
    <message>
        <source>Other calls of the same user hold it. Wait until they end, or ask for more.</source>
        <translation>Andere Anrufe desselben Benutzers belegen ihn. Warte, bis sie enden, oder bitte um mehr.</translation>
    </message>
    <message>
        <source>The TURN server is full</source>
        <translation>Der TURN-Server ist voll</translation>
    </message>
    <message>
        <source>The TURN server does not serve this kind of address</source>
        <translation>Der TURN-Server bedient diese Art von Adresse nicht</translation>
    </message>
    <message>
        <source>The TURN server does not pass UDP on</source>
        <translation>Der TURN-Server leitet UDP nicht weiter</translation>
    </message>
    <message>
        <source>The TURN server sends on to nowhere</source>
        <translation>Der TURN-Server verweist ins Leere</translation>
    </message>
    <message>
        <source>The TURN server refuses</source>
        <translation>Der TURN-Server lehnt ab</translation>
    </message>
    <message>
        <source>The TURN server has a fault</source>
        <translation>Der TURN-Server hat einen Fehler</translation>
    </message>
    <message>
        <source>This computer refuses what the TURN server asks for</source>
        <translation>Dieser Computer verweigert, was der TURN-Server verlangt</translation>
    </message>
    <message>
        <source>TURN needs MD5 and SHA-1, which this system forbids. Calls do without it.</source>
        <translation>TURN braucht MD5 und SHA-1, die dieses System verbietet. Anrufe kommen ohne ihn aus.</translation>
    </message>
    <message>
        <source>Call ended</source>
        <translation>Gespräch beendet</translation>
    </message>
    <message>
        <source>%1 ended the call</source>
        <translation>%1 hat aufgelegt</translation>
    </message>
    <message>
        <source>%1 declined</source>
        <translation>%1 hat abgelehnt</translation>
    </message>
    <message>
        <source>They saw your call and cannot take it now.</source>
        <translation>Dein Anruf wurde gesehen, passt aber gerade nicht.</translation>
    </message>
    <message>
        <source>%1 is in another call</source>
        <translation>%1 ist in einem anderen Gespräch</translation>
    </message>
    <message>
        <source>The list shows when they are free again.</source>
        <translation>Die Liste zeigt, wann das Gespräch zu Ende ist.</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>Missed call from %1</source>
        <translation>Verpasster Anruf von %1</translation>
    </message>
    <message>
        <source>It rang for 45 seconds.</source>
        <translation>Es hat 45 Sekunden lang geklingelt.</translation>
    </message>
    <message>
        <source>Call cancelled</source>
        <translation>Anruf abgebrochen</translation>
    </message>
    <message>
        <source>%1 could not be reached</source>
        <translation>%1 war nicht erreichbar</translation>
    </message>
    <message>
        <source>Their computer did not answer: it may be asleep or off the network.</source>
        <translation>Der andere Computer hat nicht geantwortet: Vielleicht schläft er oder ist nicht im Netzwerk.</translation>
    </message>
    <message>
        <source>The two Foyers are too far apart in age</source>
        <translation>Die beiden Foyer-Versionen liegen zu weit auseinander</translation>
    </message>
    <message>
        <source>One of you has a much older version. Update it, then call again.</source>
        <translation>Eine Seite hat eine viel ältere Version. Aktualisiert sie, dann ruf noch einmal an.</translation>
    </message>
    <message>
        <source>The call could not be secured</source>
        <translation>Der Anruf konnte nicht gesichert werden</translation>
    </message>
    <message>
        <source>It ended before a word was sent. Try again; if it happens again, use another relay.</source>
        <translation>Er endete, bevor ein Wort gesendet wurde. Versuch es noch einmal; geschieht es wieder, nimm ein anderes Relais.</translation>
    </message>
    <message>
        <source>Somebody changed the call on its way</source>
        <translation>Jemand hat den Anruf unterwegs verändert</translation>
    </message>
    <message>
        <source>It was ended before a word was sent. Use another relay, and compare the words in your next call.</source>
        <translation>Er wurde beendet, bevor ein Wort gesendet wurde. Nimm ein anderes Relais und vergleicht im nächsten Gespräch die Wörter.</translation>
    </message>
    <message>
        <source>The connection was lost</source>
        <translation>Die Verbindung ist verloren gegangen</translation>
    </message>
    <message>
        <source>Foyer tried for 45 seconds to get it back.</source>
        <translation>Foyer hat 45 Sekunden lang versucht, sie wiederherzustellen.</translation>
    </message>
    <message>
        <source>The sound devices did not start</source>
        <translation>Die Audiogeräte ließen sich nicht starten</translation>
    </message>
    <message>
        <source>Choose another microphone or other speakers, then call again.</source>
        <translation>Wähle ein anderes Mikrofon oder andere Lautsprecher, dann ruf noch einmal an.</translation>
    </message>
    <message>
        <source>Your microphone was unplugged. The default one is in use now.</source>
        <translation>Dein Mikrofon wurde abgezogen. Jetzt wird das Standardmikrofon benutzt.</translation>
    </message>
    <message>
        <source>Your speakers were unplugged. The default ones are in use now.</source>
        <translation>Deine Lautsprecher wurden abgezogen. Jetzt werden die Standardlautsprecher benutzt.</translation>
    </message>
    <message>
        <source>The chosen microphone is not there. The default one is in use.</source>
        <translation>Das gewählte Mikrofon ist nicht da. Das Standardmikrofon wird benutzt.</translation>
    </message>
    <message>
        <source>The chosen speakers are not there. The default ones are in use.</source>
        <translation>Die gewählten Lautsprecher sind nicht da. Die Standardlautsprecher werden benutzt.</translation>
    </message>
    <message>
        <source>Another program holds the microphone. Another one is in use until that program lets it go.</source>
        <translation>Ein anderes Programm belegt das Mikrofon. Bis es wieder frei ist, wird ein anderes benutzt.</translation>
    </message>
    <message>
        <source>Another program holds the speakers. Others are in use until that program lets them go.</source>
        <translation>Ein anderes Programm belegt die Lautsprecher. Bis sie wieder frei sind, werden andere benutzt.</translation>
    </message>
    <message>
        <source>The system’s default sound device changed.</source>
        <translation>Das Standard-Audiogerät des Systems hat gewechselt.</translation>
    </message>
    <message>
        <source>The sound system is slow; Foyer waits a little longer for it.</source>
        <translation>Das Tonsystem ist langsam; Foyer wartet etwas länger darauf.</translation>
    </message>
    <message>
        <source>The microphone works again.</source>
        <translation>Das Mikrofon funktioniert wieder.</translation>
    </message>
    <message>
        <source>The speakers work again.</source>
        <translation>Die Lautsprecher funktionieren wieder.</translation>
    </message>
    <message>
        <source>This is not a relay link</source>
        <translation>Das ist kein Link zu einem Relais</translation>
    </message>
    <message>
        <source>A link looks like foyer://relay/… and ends in a key of 32 letters and digits. Ask for it again and copy all of it.</source>
        <translation>Ein Link sieht aus wie foyer://relay/… und endet mit einem Schlüssel aus 32 Buchstaben und Ziffern. Lass ihn dir noch einmal geben und kopiere ihn ganz.</translation>
    </message>
    <message>
        <source>This link is not one that Foyer makes</source>
        <translation>Dieser Link stammt nicht von Foyer</translation>
    </message>
    <message>
        <source>Ask for the link again and copy it from the program that shows it.</source>
        <translation>Lass dir den Link noch einmal geben, kopiert aus dem Programm, das ihn zeigt.</translation>
    </message>
    <message>
        <source>The key at the end of the link is missing or damaged</source>
        <translation>Der Schlüssel am Ende des Links fehlt oder ist beschädigt</translation>
    </message>
    <message>
        <source>Without it nobody can tell the right relay from a wrong one. Copy the whole link, with what stands after #.</source>
        <translation>Ohne ihn lässt sich das richtige Relais nicht von einem falschen unterscheiden. Kopiere den ganzen Link, mit allem, was nach # steht.</translation>
    </message>
    <message>
        <source>The invite in the link is damaged</source>
        <translation>Die Einladung im Link ist beschädigt</translation>
    </message>
    <message>
        <source>This link to a person is damaged</source>
        <translation>Dieser Link zu einer Person ist beschädigt</translation>
    </message>
    <message>
        <source>Ask that person for it again and copy all of it.</source>
        <translation>Bitte diese Person noch einmal darum und kopiere ihn ganz.</translation>
    </message>
    <message>
        <source>This link names a person, not a relay</source>
        <translation>Dieser Link nennt eine Person, kein Relais</translation>
    </message>
    <message>
        <source>Ask for the link of the relay that you both use.</source>
        <translation>Frag nach dem Link des Relais, das ihr beide benutzt.</translation>
    </message>
    <message>
        <source>The relay’s name leads nowhere</source>
        <translation>Der Name des Relais führt ins Leere</translation>
    </message>
    <message>
        <source>The relay’s name could not be looked up</source>
        <translation>Der Name des Relais konnte nicht nachgeschlagen werden</translation>
    </message>
    <message>
        <source>Is this computer on the network? Then join once more.</source>
        <translation>Ist dieser Computer im Netzwerk? Dann tritt noch einmal bei.</translation>
    </message>
    <message>
        <source>Wait a moment, then join once more.</source>
        <translation>Warte einen Moment, dann tritt noch einmal bei.</translation>
    </message>
    <message>
        <source>The relay cannot be reached</source>
        <translation>Das Relais ist nicht erreichbar</translation>
    </message>
    <message>
        <source>The relay’s name has no address</source>
        <translation>Der Name des Relais hat keine Adresse</translation>
    </message>
    <message>
        <source>There are too many relays already</source>
        <translation>Es sind schon zu viele Relais</translation>
    </message>
    <message>
        <source>Leave one of them before you join another.</source>
        <translation>Verlass eines, bevor du einem weiteren beitrittst.</translation>
    </message>
    <message>
        <source>Another key answers at the relay’s address</source>
        <translation>Unter der Adresse des Relais antwortet ein anderer Schlüssel</translation>
    </message>
    <message>
        <source>The relay does not accept your key</source>
        <translation>Das Relais nimmt deinen Schlüssel nicht an</translation>
    </message>
    <message>
        <source>Update Foyer here, or ask the person who runs the relay.</source>
        <translation>Aktualisiere Foyer hier, oder frag die Person, die das Relais betreibt.</translation>
    </message>
    <message>
        <source>Check the address in the link, or ask for it again.</source>
        <translation>Prüfe die Adresse im Link, oder lass ihn dir noch einmal geben.</translation>
    </message>
    <message>
        <source>The relay speaks another version of Foyer</source>
        <translation>Das Relais spricht eine andere Version von Foyer</translation>
    </message>
    <message>
        <source>Update Foyer here, or ask for an update of the relay.</source>
        <translation>Aktualisiere Foyer hier, oder bitte darum, dass das Relais aktualisiert wird.</translation>
    </message>
    <message>
        <source>The relay takes nobody new now</source>
        <translation>Das Relais nimmt gerade niemand Neues auf</translation>
    </message>
    <message>
        <source>It may be full or closing. Foyer tries again by itself.</source>
        <translation>Vielleicht ist es voll oder schließt gerade. Foyer versucht es von selbst wieder.</translation>
    </message>
    <message>
        <source>The connection to the relay was closed</source>
        <translation>Die Verbindung zum Relais wurde geschlossen</translation>
    </message>
    <message>
        <source>Join again when you want to.</source>
        <translation>Tritt wieder bei, wenn du willst.</translation>
    </message>
    <message>
        <source>This relay wants an invite</source>
        <translation>Dieses Relais verlangt eine Einladung</translation>
    </message>
    <message>
        <source>Ask the person who runs it for a link with an invite in it.</source>
        <translation>Bitte die Person, die es betreibt, um einen Link mit einer Einladung darin.</translation>
    </message>
    <message>
        <source>Ask the person who runs the relay for a new link.</source>
        <translation>Bitte die Person, die das Relais betreibt, um einen neuen Link.</translation>
    </message>
    <message>
        <source>The relay is full</source>
        <translation>Das Relais ist voll</translation>
    </message>
    <message>
        <source>Foyer tries again by itself; or start a relay here.</source>
        <translation>Foyer versucht es von selbst wieder; oder starte hier ein Relais.</translation>
    </message>
    <message>
        <source>Too many people come from your network</source>
        <translation>Aus deinem Netzwerk kommen zu viele Leute</translation>
    </message>
    <message>
        <source>The relay limits how many may share one address. Foyer tries again by itself.</source>
        <translation>Das Relais begrenzt, wie viele sich eine Adresse teilen dürfen. Foyer versucht es von selbst wieder.</translation>
    </message>
    <message>
        <source>The relay did not let you in</source>
        <translation>Das Relais hat dich nicht hereingelassen</translation>
    </message>
    <message>
        <source>Ask the person who runs it.</source>
        <translation>Frag die Person, die es betreibt.</translation>
    </message>
    <message>
        <source>The relay was reached and does not answer</source>
        <translation>Das Relais wurde erreicht und antwortet nicht</translation>
    </message>
    <message>
        <source>It may be overloaded. Foyer tries again by itself.</source>
        <translation>Vielleicht ist es überlastet. Foyer versucht es von selbst wieder.</translation>
    </message>
    <message>
        <source>The relay does not say who is here</source>
        <translation>Das Relais sagt nicht, wer hier ist</translation>
    </message>
    <message>
        <source>You are connected, but the list may be old. Leave the relay and join again if it stays so.</source>
        <translation>Du bist verbunden, aber die Liste ist vielleicht alt. Bleibt es so, verlass das Relais und tritt wieder bei.</translation>
    </message>
    <message>
        <source>The connection to the relay is gone</source>
        <translation>Die Verbindung zum Relais ist weg</translation>
    </message>
    <message>
        <source>Foyer runs with your key somewhere else too</source>
        <translation>Foyer läuft mit deinem Schlüssel auch anderswo</translation>
    </message>
    <message>
        <source>That one is newer and took over. Close it there, then connect here again.</source>
        <translation>Das andere ist neuer und hat übernommen. Schließe es dort, dann verbinde dich hier wieder.</translation>
    </message>
    <message>
        <source>The relay is closing</source>
        <translation>Das Relais schließt</translation>
    </message>
    <message>
        <source>Calls that run go on to their end. Foyer tries again later.</source>
        <translation>Laufende Gespräche gehen bis zu ihrem Ende weiter. Foyer versucht es später wieder.</translation>
    </message>
    <message>
        <source>The connection to the relay broke</source>
        <translation>Die Verbindung zum Relais ist abgerissen</translation>
    </message>
    <message>
        <source>The relay closed the connection</source>
        <translation>Das Relais hat die Verbindung geschlossen</translation>
    </message>
    <message>
        <source>Foyer tries again by itself.</source>
        <translation>Foyer versucht es von selbst wieder.</translation>
    </message>
    <message>
        <source>Foyer and the relay do not understand each other</source>
        <translation>Foyer und das Relais verstehen einander nicht</translation>
    </message>
    <message>
        <source>Update Foyer on both sides. Foyer tries again by itself.</source>
        <translation>Aktualisiert Foyer auf beiden Seiten. Foyer versucht es von selbst wieder.</translation>
    </message>
    <message>
        <source>The relay found that too much was sent</source>
        <translation>Dem Relais wurde zu viel gesendet</translation>
    </message>
    <message>
        <source>Foyer waits and tries again by itself.</source>
        <translation>Foyer wartet und versucht es von selbst wieder.</translation>
    </message>
    <message>
        <source>The connection to the relay was too slow</source>
        <translation>Die Verbindung zum Relais war zu langsam</translation>
    </message>
    <message>
        <source>The relay has a fault of its own</source>
        <translation>Das Relais hat selbst einen Fehler</translation>
    </message>
    <message>
        <source>Foyer tries again by itself; tell the person who runs it if it goes on.</source>
        <translation>Foyer versucht es von selbst wieder; hält es an, sag es der Person, die es betreibt.</translation>
    </message>
    <message>
        <source>The port is in use by another program</source>
        <translation>Der Port wird von einem anderen Programm benutzt</translation>
    </message>
    <message>
        <source>The system does not allow this port</source>
        <translation>Das System erlaubt diesen Port nicht</translation>
    </message>
    <message>
        <source>This computer has no network of that kind</source>
        <translation>Dieser Computer hat kein Netzwerk dieser Art</translation>
    </message>
    <message>
        <source>Connect it to a network and start again.</source>
        <translation>Verbinde ihn mit einem Netzwerk und starte noch einmal.</translation>
    </message>
    <message>
        <source>That address does not belong to this computer</source>
        <translation>Diese Adresse gehört nicht zu diesem Computer</translation>
    </message>
    <message>
        <source>The system has no sockets left</source>
        <translation>Das System hat keine Sockets mehr</translation>
    </message>
    <message>
        <source>Close other programs and start again.</source>
        <translation>Schließe andere Programme und starte noch einmal.</translation>
    </message>
    <message>
        <source>The port did not open</source>
        <translation>Der Port ließ sich nicht öffnen</translation>
    </message>
    <message>
        <source>No network socket could be opened</source>
        <translation>Es ließ sich kein Netzwerk-Socket öffnen</translation>
    </message>
    <message>
        <source>Close other programs, then start Foyer again.</source>
        <translation>Schließe andere Programme, dann starte Foyer noch einmal.</translation>
    </message>
    <message>
        <source>The system keeps Foyer off the network</source>
        <translation>Das System hält Foyer vom Netzwerk fern</translation>
    </message>
    <message>
        <source>Allow Foyer to use the network, then start it again.</source>
        <translation>Erlaube Foyer den Zugriff auf das Netzwerk, dann starte es noch einmal.</translation>
    </message>
    <message>
        <source>This computer has no network</source>
        <translation>Dieser Computer hat kein Netzwerk</translation>
    </message>
    <message>
        <source>Connect it to a network, then start Foyer again.</source>
        <translation>Verbinde ihn mit einem Netzwerk, dann starte Foyer noch einmal.</translation>
    </message>
    <message>
        <source>Changes of the network cannot be watched</source>
        <translation>Änderungen am Netzwerk lassen sich nicht beobachten</translation>
    </message>
    <message>
        <source>Everything else works. After a change of network Foyer needs some seconds more to connect again.</source>
        <translation>Alles andere funktioniert. Nach einem Netzwerkwechsel braucht Foyer einige Sekunden länger, um sich wieder zu verbinden.</translation>
    </message>
    <message>
        <source>No router was found</source>
        <translation>Es wurde kein Router gefunden</translation>
    </message>
    <message>
        <source>Calls work without its help. For more direct ones connect this computer to a network with a router.</source>
        <translation>Anrufe gelingen auch ohne seine Hilfe. Für mehr direkte Anrufe verbinde diesen Computer mit einem Netzwerk, das einen Router hat.</translation>
    </message>
    <message>
        <source>The relay does not let its own computer in</source>
        <translation>Das Relais lässt seinen eigenen Computer nicht herein</translation>
    </message>
    <message>
        <source>Look at its invite and its limits, then start it again.</source>
        <translation>Prüfe seine Einladung und seine Grenzen, dann starte es noch einmal.</translation>
    </message>
    <message>
        <source>Another relay answers at this address</source>
        <translation>Unter dieser Adresse antwortet ein anderes Relais</translation>
    </message>
    <message>
        <source>The relay’s key is gone</source>
        <translation>Der Schlüssel des Relais ist weg</translation>
    </message>
    <message>
        <source>Restore it from a backup of the relay’s folder. With a new key all links that were copied before stop working.</source>
        <translation>Stell ihn aus einer Sicherung des Relais-Ordners wieder her. Mit einem neuen Schlüssel gilt keiner der bisher kopierten Links mehr.</translation>
    </message>
    <message>
        <source>The relay’s key is damaged</source>
        <translation>Der Schlüssel des Relais ist beschädigt</translation>
    </message>
    <message>
        <source>Others on this computer can read the relay’s key</source>
        <translation>Andere an diesem Computer können den Schlüssel des Relais lesen</translation>
    </message>
    <message>
        <source>Take the file’s rights away from everybody but you, then start the relay again.</source>
        <translation>Nimm allen außer dir die Rechte an der Datei, dann starte das Relais noch einmal.</translation>
    </message>
    <message>
        <source>The relay’s configuration has a mistake</source>
        <translation>Die Konfiguration des Relais hat einen Fehler</translation>
    </message>
    <message>
        <source>The detail names the line. Correct it, then start the relay again.</source>
        <translation>Die Einzelheiten nennen die Zeile. Berichtige sie, dann starte das Relais noch einmal.</translation>
    </message>
    <message>
        <source>The relay does not know where to keep its key</source>
        <translation>Das Relais weiß nicht, wo es seinen Schlüssel aufbewahren soll</translation>
    </message>
    <message>
        <source>Start it with --data-dir and a folder.</source>
        <translation>Starte es mit --data-dir und einem Ordner.</translation>
    </message>
    <message>
        <source>The sound system does not answer</source>
        <translation>Das Tonsystem antwortet nicht</translation>
    </message>
    <message>
        <source>Neither PulseAudio nor PipeWire runs here. Start one of them; Foyer goes on by itself.</source>
        <translation>Hier läuft weder PulseAudio noch PipeWire. Starte eines davon; Foyer macht von selbst weiter.</translation>
    </message>
    <message>
        <source>The chosen device is not there</source>
        <translation>Das gewählte Gerät ist nicht da</translation>
    </message>
    <message>
        <source>Plug it in, or choose another one.</source>
        <translation>Schließe es an, oder wähle ein anderes.</translation>
    </message>
    <message>
        <source>Another program holds the device</source>
        <translation>Ein anderes Programm belegt das Gerät</translation>
    </message>
    <message>
        <source>Close that program, Foyer then takes the device by itself; or choose another one.</source>
        <translation>Schließe das andere Programm, dann nimmt Foyer das Gerät von selbst; oder wähle ein anderes Gerät.</translation>
    </message>
    <message>
        <source>The system does not let Foyer use the device</source>
        <translation>Das System lässt Foyer nicht an das Gerät</translation>
    </message>
    <message>
        <source>Allow Foyer to use it in the system’s privacy settings.</source>
        <translation>Erlaube es Foyer in den Datenschutzeinstellungen des Systems.</translation>
    </message>
    <message>
        <source>The device was opened and delivers nothing</source>
        <translation>Das Gerät ist geöffnet, liefert aber nichts</translation>
    </message>
    <message>
        <source>Unplug it and plug it in again, or choose another one.</source>
        <translation>Zieh es ab und schließe es wieder an, oder wähle ein anderes.</translation>
    </message>
    <message>
        <source>The device stopped working</source>
        <translation>Das Gerät funktioniert nicht mehr</translation>
    </message>
    <message>
        <source>The sound file cannot be read</source>
        <translation>Die Tondatei ist nicht lesbar</translation>
    </message>
    <message>
        <source>Check its name and whether you may read it.</source>
        <translation>Prüfe ihren Namen, und ob du sie lesen darfst.</translation>
    </message>
    <message>
        <source>The sound file is no 16-bit WAV</source>
        <translation>Die Tondatei ist keine 16-Bit-WAV-Datei</translation>
    </message>
    <message>
        <source>Convert it to 16-bit PCM WAV.</source>
        <translation>Wandle sie in 16-Bit-PCM-WAV um.</translation>
    </message>
    <message>
        <source>The sound file cannot be written</source>
        <translation>Die Tondatei lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>Check its folder, and whether there is space left.</source>
        <translation>Prüfe ihren Ordner, und ob noch Platz ist.</translation>
    </message>
    <message>
        <source>Your key is gone</source>
        <translation>Dein Schlüssel ist weg</translation>
    </message>
    <message>
        <source>The key ring gave an error</source>
        <translation>Der Schlüsselbund meldet einen Fehler</translation>
    </message>
    <message>
        <source>The key ring does not answer</source>
        <translation>Der Schlüsselbund antwortet nicht</translation>
    </message>
    <message>
        <source>The key ring is locked</source>
        <translation>Der Schlüsselbund ist gesperrt</translation>
    </message>
    <message>
        <source>The profile cannot be read</source>
        <translation>Das Profil ist nicht lesbar</translation>
    </message>
    <message>
        <source>The damaged file was kept aside and nothing was overwritten. Restore it from a backup, or start over with a new key.</source>
        <translation>Die beschädigte Datei wurde beiseitegelegt und nichts überschrieben. Stell sie aus einer Sicherung wieder her, oder fang mit einem neuen Schlüssel an.</translation>
    </message>
    <message>
        <source>A part of the profile is missing</source>
        <translation>Ein Teil des Profils fehlt</translation>
    </message>
    <message>
        <source>Restore the folder from a backup, or start over with a new key.</source>
        <translation>Stell den Ordner aus einer Sicherung wieder her, oder fang mit einem neuen Schlüssel an.</translation>
    </message>
    <message>
        <source>The file with your key is damaged</source>
        <translation>Die Datei mit deinem Schlüssel ist beschädigt</translation>
    </message>
    <message>
        <source>It was kept as it is. Restore it from a backup, or start over with a new key.</source>
        <translation>Sie wurde nicht angetastet. Stell sie aus einer Sicherung wieder her, oder fang mit einem neuen Schlüssel an.</translation>
    </message>
    <message>
        <source>Your key is not open yet</source>
        <translation>Dein Schlüssel ist noch nicht offen</translation>
    </message>
    <message>
        <source>Wait a moment. If the screen shows a problem with your key, solve that first.</source>
        <translation>Warte einen Moment. Zeigt der Bildschirm ein Problem mit deinem Schlüssel, löse das zuerst.</translation>
    </message>
    <message>
        <source>A file of the profile cannot be read</source>
        <translation>Eine Datei des Profils ist nicht lesbar</translation>
    </message>
    <message>
        <source>Check that the profile’s folder belongs to you, then start Foyer again.</source>
        <translation>Prüfe, ob der Ordner des Profils dir gehört, dann starte Foyer noch einmal.</translation>
    </message>
    <message>
        <source>The passphrase is too short</source>
        <translation>Die Passphrase ist zu kurz</translation>
    </message>
    <message>
        <source>Nothing was overwritten. Choose another name.</source>
        <translation>Es wurde nichts überschrieben. Wähle einen anderen Namen.</translation>
    </message>
    <message>
        <source>The file or its folder is not there</source>
        <translation>Die Datei oder ihr Ordner ist nicht da</translation>
    </message>
    <message>
        <source>Check the name and the folder.</source>
        <translation>Prüfe den Namen und den Ordner.</translation>
    </message>
    <message>
        <source>This is not a file</source>
        <translation>Das ist keine Datei</translation>
    </message>
    <message>
        <source>The system does not allow it</source>
        <translation>Das System erlaubt es nicht</translation>
    </message>
    <message>
        <source>Choose another folder, or check that the file belongs to you.</source>
        <translation>Wähle einen anderen Ordner, oder prüfe, ob die Datei dir gehört.</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Der Datenträger ist voll</translation>
    </message>
    <message>
        <source>Make some space, then try once more. Nothing was changed.</source>
        <translation>Schaff etwas Platz, dann versuch es noch einmal. Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>The profile’s folder cannot be written</source>
        <translation>In den Ordner des Profils lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>Check that the folder belongs to you, then try once more. Nothing was changed.</source>
        <translation>Prüfe, ob der Ordner dir gehört, dann versuch es noch einmal. Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>The file could not be read or written</source>
        <translation>Die Datei ließ sich nicht lesen oder schreiben</translation>
    </message>
    <message>
        <source>Check the disk and the folder, then try once more.</source>
        <translation>Prüfe Datenträger und Ordner, dann versuch es noch einmal.</translation>
    </message>
    <message>
        <source>There is not enough memory</source>
        <translation>Der Arbeitsspeicher reicht nicht</translation>
    </message>
    <message>
        <source>Opening or making a backup needs 256 MB for a moment. Close other programs, then try once more.</source>
        <translation>Eine Sicherung zu öffnen oder anzulegen braucht für einen Moment 256 MB. Schließe andere Programme, dann versuch es noch einmal.</translation>
    </message>
    <message>
        <source>Check that it is the right file, or use the 24 words.</source>
        <translation>Prüfe, ob es die richtige Datei ist, oder nimm die 24 Wörter.</translation>
    </message>
    <message>
        <source>The backup was made by a newer Foyer</source>
        <translation>Die Sicherung stammt von einem neueren Foyer</translation>
    </message>
    <message>
        <source>Update Foyer here, or use the 24 words.</source>
        <translation>Aktualisiere Foyer hier, oder nimm die 24 Wörter.</translation>
    </message>
    <message>
        <source>The backup is damaged</source>
        <translation>Die Sicherung ist beschädigt</translation>
    </message>
    <message>
        <source>Use another copy of it, or the 24 words.</source>
        <translation>Nimm eine andere Kopie davon, oder die 24 Wörter.</translation>
    </message>
    <message>
        <source>The passphrase does not open this backup</source>
        <translation>Die Passphrase öffnet diese Sicherung nicht</translation>
    </message>
    <message>
        <source>An identity has 24 words</source>
        <translation>Eine Identität hat 24 Wörter</translation>
    </message>
    <message>
        <source>Compare the words with what you wrote down.</source>
        <translation>Vergleiche die Wörter mit dem, was du aufgeschrieben hast.</translation>
    </message>
    <message>
        <source>These words do not belong together</source>
        <translation>Diese Wörter gehören nicht zusammen</translation>
    </message>
    <message>
        <source>Wait a moment.</source>
        <translation>Warte einen Moment.</translation>
    </message>
    <message>
        <source>You are in a call</source>
        <translation>Du bist in einem Gespräch</translation>
    </message>
    <message>
        <source>End it first: the call belongs to the identity that would be replaced.</source>
        <translation>Beende es zuerst: Es gehört zu der Identität, die ersetzt würde.</translation>
    </message>
    <message>
        <source>Check that the folder belongs to you, then start Foyer again.</source>
        <translation>Prüfe, ob der Ordner dir gehört, dann starte Foyer noch einmal.</translation>
    </message>
    <message>
        <source>Make some space, then start Foyer again. Nothing was lost.</source>
        <translation>Schaff etwas Platz, dann starte Foyer noch einmal. Es ging nichts verloren.</translation>
    </message>
    <message>
        <source>The profile was written by a newer Foyer</source>
        <translation>Das Profil stammt von einem neueren Foyer</translation>
    </message>
    <message>
        <source>Update Foyer, or start it with --data-dir and another folder.</source>
        <translation>Aktualisiere Foyer, oder starte es mit --data-dir und einem anderen Ordner.</translation>
    </message>
    <message>
        <source>The settings could not be read</source>
        <translation>Die Einstellungen waren nicht lesbar</translation>
    </message>
    <message>
        <source>The damaged file was kept aside; the settings are back at their first values.</source>
        <translation>Die beschädigte Datei wurde beiseitegelegt; die Einstellungen stehen wieder auf ihren Anfangswerten.</translation>
    </message>
    <message>
        <source>The database could not be read</source>
        <translation>Die Datenbank war nicht lesbar</translation>
    </message>
    <message>
        <source>The damaged file was kept aside and a new one begun. Verified people need to be compared again.</source>
        <translation>Die beschädigte Datei wurde beiseitegelegt und eine neue begonnen. Mit verifizierten Personen musst du die Wörter noch einmal vergleichen.</translation>
    </message>
    <message>
        <source>Something could not be kept</source>
        <translation>Etwas konnte nicht gespeichert werden</translation>
    </message>
    <message>
        <source>The database gave an error. Calls go on; check the disk.</source>
        <translation>Die Datenbank meldet einen Fehler. Anrufe gehen weiter; prüfe den Datenträger.</translation>
    </message>
    <message>
        <source>Calls go on, but nothing new is kept until there is space.</source>
        <translation>Anrufe gehen weiter, aber Neues wird nicht gespeichert, bis Platz ist.</translation>
    </message>
    <message>
        <source>Calls go on, but nothing new is kept. Check that the folder belongs to you.</source>
        <translation>Anrufe gehen weiter, aber Neues wird nicht gespeichert. Prüfe, ob der Ordner dir gehört.</translation>
    </message>
    <message>
        <source>The profile’s disk is read-only</source>
        <translation>Der Datenträger des Profils ist schreibgeschützt</translation>
    </message>
    <message>
        <source>Calls go on, but nothing new is kept.</source>
        <translation>Anrufe gehen weiter, aber Neues wird nicht gespeichert.</translation>
    </message>
    <message>
        <source>Check that the profile’s folder belongs to you.</source>
        <translation>Prüfe, ob der Ordner des Profils dir gehört.</translation>
    </message>
    <message>
        <source>The profile’s database cannot be opened</source>
        <translation>Die Datenbank des Profils lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>Check the disk, then start Foyer again. Nothing was overwritten.</source>
        <translation>Prüfe den Datenträger, dann starte Foyer noch einmal. Es wurde nichts überschrieben.</translation>
    </message>
    <message>
        <source>The file is not there</source>
        <translation>Die Datei ist nicht da</translation>
    </message>
    <message>
        <source>Check its name and its folder.</source>
        <translation>Prüfe ihren Namen und ihren Ordner.</translation>
    </message>
    <message>
        <source>The file is too large</source>
        <translation>Die Datei ist zu groß</translation>
    </message>
    <message>
        <source>Check that it is the one you meant.</source>
        <translation>Prüfe, ob es die ist, die du meinst.</translation>
    </message>
    <message>
        <source>Check the disk and the folder.</source>
        <translation>Prüfe Datenträger und Ordner.</translation>
    </message>
    <message>
        <source>Another program uses this folder</source>
        <translation>Ein anderes Programm benutzt diesen Ordner</translation>
    </message>
    <message>
        <source>Close that program, or choose another folder.</source>
        <translation>Schließe das andere Programm, oder wähle einen anderen Ordner.</translation>
    </message>
    <message>
        <source>A file of the profile is missing</source>
        <translation>Eine Datei des Profils fehlt</translation>
    </message>
    <message>
        <source>Restore the profile’s folder from a backup, then start Foyer again.</source>
        <translation>Stell den Ordner des Profils aus einer Sicherung wieder her, dann starte Foyer noch einmal.</translation>
    </message>
    <message>
        <source>A file could not be used</source>
        <translation>Eine Datei war nicht zu gebrauchen</translation>
    </message>
    <message>
        <source>Look at the profile’s folder: something else may be in its place.</source>
        <translation>Sieh in den Ordner des Profils: Vielleicht liegt etwas anderes an ihrer Stelle.</translation>
    </message>
    <message>
        <source>They are back at their first values for now. Check that the profile’s folder belongs to you.</source>
        <translation>Sie stehen vorerst auf ihren Anfangswerten. Prüfe, ob der Ordner des Profils dir gehört.</translation>
    </message>
    <message>
        <source>Nothing can be kept now</source>
        <translation>Gerade kann nichts gespeichert werden</translation>
    </message>
    <message>
        <source>The profile did not open. Start Foyer again.</source>
        <translation>Das Profil ließ sich nicht öffnen. Starte Foyer noch einmal.</translation>
    </message>
    <message>
        <source>The invite of a relay could not be kept</source>
        <translation>Die Einladung eines Relais konnte nicht gespeichert werden</translation>
    </message>
    <message>
        <source>You are connected; after the next start open the relay’s link again.</source>
        <translation>Du bist verbunden; öffne nach dem nächsten Start noch einmal den Link des Relais.</translation>
    </message>
    <message>
        <source>The invite of a relay cannot be read</source>
        <translation>Die Einladung eines Relais ist nicht lesbar</translation>
    </message>
    <message>
        <source>If the relay refuses you, open its link again.</source>
        <translation>Lehnt das Relais dich ab, öffne seinen Link noch einmal.</translation>
    </message>
    <message>
        <source>The invite of a relay is gone</source>
        <translation>Die Einladung eines Relais ist weg</translation>
    </message>
    <message>
        <source>This name cannot be shown</source>
        <translation>Dieser Name lässt sich nicht anzeigen</translation>
    </message>
    <message>
        <source>There is no room for more entries of this kind.</source>
        <translation>Für weitere Einträge dieser Art ist kein Platz.</translation>
    </message>
    <message>
        <source>This call is still being recorded</source>
        <translation>Dieses Gespräch wird noch aufgezeichnet</translation>
    </message>
    <message>
        <source>End it, then save its record.</source>
        <translation>Beende es, dann speichere seine Aufzeichnung.</translation>
    </message>
    <message>
        <source>Nothing is recorded of this call</source>
        <translation>Von diesem Gespräch ist nichts aufgezeichnet</translation>
    </message>
    <message>
        <source>Switch recording on in the diagnostics before the call begins; the newest record alone is kept.</source>
        <translation>Schalte die Aufzeichnung in der Diagnose ein, bevor das Gespräch beginnt; nur die neueste wird aufbewahrt.</translation>
    </message>
    <message>
        <source>There is no connection to a relay</source>
        <translation>Es gibt keine Verbindung zu einem Relais</translation>
    </message>
    <message>
        <source>Foyer connects again by itself. Then call again.</source>
        <translation>Foyer verbindet sich von selbst wieder. Ruf dann noch einmal an.</translation>
    </message>
    <message>
        <source>You are in a call already</source>
        <translation>Du bist schon in einem Gespräch</translation>
    </message>
    <message>
        <source>End it before you call somebody else.</source>
        <translation>Beende es, bevor du jemand anderen anrufst.</translation>
    </message>
    <message>
        <source>This person is not here</source>
        <translation>Diese Person ist nicht hier</translation>
    </message>
    <message>
        <source>Try again when you see them in the list.</source>
        <translation>Versuch es wieder, wenn sie in der Liste steht.</translation>
    </message>
    <message>
        <source>This is your own key</source>
        <translation>Das ist dein eigener Schlüssel</translation>
    </message>
    <message>
        <source>Choose somebody else to call.</source>
        <translation>Wähle jemand anderen zum Anrufen.</translation>
    </message>
    <message>
        <source>You have blocked this person</source>
        <translation>Du hast diese Person blockiert</translation>
    </message>
    <message>
        <source>Take the block away before you call.</source>
        <translation>Hebe die Blockierung auf, bevor du anrufst.</translation>
    </message>
    <message>
        <source>Too many calls are open</source>
        <translation>Zu viele Anrufe sind offen</translation>
    </message>
    <message>
        <source>End one of them, then call again.</source>
        <translation>Beende einen davon, dann ruf noch einmal an.</translation>
    </message>
    <message>
        <source>This call is over</source>
        <translation>Dieser Anruf ist vorbei</translation>
    </message>
    <message>
        <source>Call again.</source>
        <translation>Ruf noch einmal an.</translation>
    </message>
    <message>
        <source>This call does not ring any more</source>
        <translation>Dieser Anruf klingelt nicht mehr</translation>
    </message>
    <message>
        <source>It was answered or ended in the meantime.</source>
        <translation>Er wurde inzwischen angenommen oder beendet.</translation>
    </message>
    <message>
        <source>The call has no keys yet</source>
        <translation>Der Anruf hat noch keine Schlüssel</translation>
    </message>
    <message>
        <source>Wait until it is connected, then compare the words.</source>
        <translation>Wartet, bis er verbunden ist, dann vergleicht die Wörter.</translation>
    </message>
    <message>
        <source>Only the words open the microphone here</source>
        <translation>Hier öffnen nur die Wörter das Mikrofon</translation>
    </message>
    <message>
        <source>Compare them, then press They match.</source>
        <translation>Vergleicht sie, dann drück auf „Stimmen überein“.</translation>
    </message>
    <message>
        <source>This person is not blocked</source>
        <translation>Diese Person ist nicht blockiert</translation>
    </message>
    <message>
        <source>They can call you already.</source>
        <translation>Sie kann dich schon anrufen.</translation>
    </message>
    <message>
        <source>Another Foyer answers on the control socket</source>
        <translation>Auf dem Steuer-Socket antwortet ein anderes Foyer</translation>
    </message>
    <message>
        <source>Start this one with another --control path.</source>
        <translation>Starte dieses mit einem anderen Pfad für --control.</translation>
    </message>
    <message>
        <source>A file is where the control socket should be</source>
        <translation>Wo der Steuer-Socket sein sollte, liegt eine Datei</translation>
    </message>
    <message>
        <source>Start Foyer with another --control path, or move that file away.</source>
        <translation>Starte Foyer mit einem anderen Pfad für --control, oder verschieb die Datei, die dort liegt.</translation>
    </message>
    <message>
        <source>The control socket cannot be made</source>
        <translation>Der Steuer-Socket lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>Check the folder of the --control path.</source>
        <translation>Prüfe den Ordner des Pfads für --control.</translation>
    </message>
    <message>
        <source>Something went wrong (%1: %2)</source>
        <translation>Etwas ist schiefgegangen (%1: %2)</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuch es noch einmal.</translation>
    </message>
    <message>
        <source>Start Foyer again and try once more.</source>
        <translation>Starte Foyer neu und versuch es noch einmal.</translation>
    </message>
    <message>
        <source>Your key is probably still in it. Log out and in again, then start Foyer.</source>
        <translation>Dein Schlüssel ist wahrscheinlich noch darin. Melde dich ab und wieder an, dann starte Foyer.</translation>
    </message>
    <message>
        <source>It may be waiting for your password in another window. Answer it, then start Foyer again.</source>
        <translation>Vielleicht wartet er in einem anderen Fenster auf dein Passwort. Gib es dort ein, dann starte Foyer noch einmal.</translation>
    </message>
    <message>
        <source>Unlock it with your password, then start Foyer again.</source>
        <translation>Entsperre ihn mit deinem Passwort, dann starte Foyer noch einmal.</translation>
    </message>
    <message>
        <source>Metrics are not served there</source>
        <translation>Dort werden keine Metriken angeboten</translation>
    </message>
    <message>
        <source>Name a port of this computer alone, 127.0.0.1:9464 or [::1]:9464, or a local socket by its whole path, unix:/run/user/1000/foyer.metrics.</source>
        <translation>Nenne einen Port, der nur auf diesem Computer gilt, 127.0.0.1:9464 oder [::1]:9464, oder einen lokalen Socket mit vollem Pfad, unix:/run/user/1000/foyer.metrics.</translation>
    </message>
    <message>
        <source>The port for metrics is in use by another program</source>
        <translation>Der Port für Metriken wird von einem anderen Programm benutzt</translation>
    </message>
    <message>
        <source>Name another port.</source>
        <translation>Nenne einen anderen Port.</translation>
    </message>
    <message>
        <source>Something else has the place of the metrics’ socket</source>
        <translation>Am Platz des Sockets für Metriken liegt etwas anderes</translation>
    </message>
    <message>
        <source>Name another path, or take away what is there.</source>
        <translation>Nenne einen anderen Pfad, oder entferne, was dort liegt.</translation>
    </message>
    <message>
        <source>Metrics cannot be served there</source>
        <translation>Dort können keine Metriken angeboten werden</translation>
    </message>
    <message>
        <source>Is there a folder of that name that you may write to? Else name another place.</source>
        <translation>Gibt es einen Ordner dieses Namens, in den du schreiben darfst? Sonst nenne einen anderen Ort.</translation>
    </message>
    <message>
        <source>The relay does not answer its own computer</source>
        <translation>Das Relais antwortet seinem eigenen Computer nicht</translation>
    </message>
    <message>
        <source>A firewall on this computer may close its port. Open it for UDP, then try again.</source>
        <translation>Vielleicht sperrt eine Firewall auf diesem Computer seinen Port. Öffne ihn für UDP, dann versuch es noch einmal.</translation>
    </message>
    <message>
        <source>There are too many invites already</source>
        <translation>Es gibt schon zu viele Einladungen</translation>
    </message>
    <message>
        <source>Take one back first.</source>
        <translation>Nimm erst eine zurück.</translation>
    </message>
    <message>
        <source>This name cannot be used</source>
        <translation>Dieser Name ist nicht möglich</translation>
    </message>
    <message>
        <source>This note cannot be kept</source>
        <translation>Diese Notiz kann nicht gespeichert werden</translation>
    </message>
    <message>
        <source>Choose one of those that are offered.</source>
        <translation>Wähle einen der angebotenen.</translation>
    </message>
    <message>
        <source>A newer Foyer made this file</source>
        <translation>Diese Datei stammt von einem neueren Foyer</translation>
    </message>
    <message>
        <source>Update this one, then try again.</source>
        <translation>Aktualisiere dieses, dann versuch es noch einmal.</translation>
    </message>
    <message>
        <source>Something in this file is damaged</source>
        <translation>Etwas in dieser Datei ist beschädigt</translation>
    </message>
    <message>
        <source>Nothing was taken from it. Save the contacts again where it came from.</source>
        <translation>Es wurde nichts daraus übernommen. Speichere die Kontakte noch einmal dort, wo die Datei herkommt.</translation>
    </message>
    <message>
        <source>There are too many contacts in this file</source>
        <translation>In dieser Datei sind zu viele Kontakte</translation>
    </message>
    <message>
        <source>Foyer keeps 20 000. Nothing was taken from it.</source>
        <translation>Foyer speichert 20 000. Es wurde nichts daraus übernommen.</translation>
    </message>
    <message>
        <source>This file is too large</source>
        <translation>Diese Datei ist zu groß</translation>
    </message>
    <message>
        <source>There is no such file</source>
        <translation>Diese Datei gibt es nicht</translation>
    </message>
    <message>
        <source>Check its name and folder.</source>
        <translation>Prüfe Namen und Ordner.</translation>
    </message>
    <message>
        <source>This is a folder, not a file</source>
        <translation>Das ist ein Ordner, keine Datei</translation>
    </message>
    <message>
        <source>Add the file’s name.</source>
        <translation>Ergänze den Namen der Datei.</translation>
    </message>
    <message>
        <source>Make room, then save again.</source>
        <translation>Schaff Platz, dann speichere noch einmal.</translation>
    </message>
    <message>
        <source>Is the disk still there? Then try again.</source>
        <translation>Ist der Datenträger noch da? Dann versuch es noch einmal.</translation>
    </message>
    <message>
        <source>The call has not begun or is over</source>
        <translation>Das Gespräch hat nicht begonnen oder ist vorbei</translation>
    </message>
    <message>
        <source>A call can be put on hold while both sides are in it.</source>
        <translation>Ein Gespräch lässt sich halten, solange beide Seiten darin sind.</translation>
    </message>
    <message>
        <source>Your invite to this relay was taken back</source>
        <translation>Deine Einladung zu diesem Relais wurde zurückgenommen</translation>
    </message>
    <message>
        <source>You are not on it any more. Ask the person who runs it if that was a mistake.</source>
        <translation>Du bist nicht mehr darauf. Frag, wer es betreibt, falls das ein Versehen war.</translation>
    </message>
    <message>
        <source>There is no such picture</source>
        <translation>Dieses Bild gibt es nicht</translation>
    </message>
    <message>
        <source>Check its name and folder, or drop it onto the window.</source>
        <translation>Prüfe Namen und Ordner, oder zieh es auf das Fenster.</translation>
    </message>
    <message>
        <source>This picture may not be read</source>
        <translation>Dieses Bild darf nicht gelesen werden</translation>
    </message>
    <message>
        <source>Copy it into a folder of your own.</source>
        <translation>Kopiere es in einen Ordner, der dir gehört.</translation>
    </message>
    <message>
        <source>Add the picture’s name.</source>
        <translation>Füge den Namen des Bildes an.</translation>
    </message>
    <message>
        <source>This is more than one file</source>
        <translation>Das ist mehr als eine Datei</translation>
    </message>
    <message>
        <source>Drop the picture with the code alone.</source>
        <translation>Zieh nur das Bild mit dem Code herein.</translation>
    </message>
    <message>
        <source>This picture is not on this computer</source>
        <translation>Dieses Bild liegt nicht auf diesem Computer</translation>
    </message>
    <message>
        <source>No picture was copied</source>
        <translation>Es wurde kein Bild kopiert</translation>
    </message>
    <message>
        <source>Copy the picture itself, then paste it here.</source>
        <translation>Kopiere das Bild selbst und füge es hier ein.</translation>
    </message>
    <message>
        <source>This picture is too large</source>
        <translation>Dieses Bild ist zu groß</translation>
    </message>
    <message>
        <source>It reads PNG, JPEG, GIF and BMP.</source>
        <translation>Es liest PNG, JPEG, GIF und BMP.</translation>
    </message>
    <message>
        <source>This picture is damaged</source>
        <translation>Dieses Bild ist beschädigt</translation>
    </message>
    <message>
        <source>It may have been cut off on its way. Ask for it again.</source>
        <translation>Vielleicht wurde es unterwegs abgeschnitten. Lass es dir noch einmal geben.</translation>
    </message>
    <message>
        <source>The picture could not be read</source>
        <translation>Das Bild konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Foyer shows its codes on the page of a relay and in the settings.</source>
        <translation>Foyer zeigt seine Codes auf der Seite des Relais und in den Einstellungen.</translation>
    </message>
    <message>
        <source>No server was entered</source>
        <translation>Kein Server eingegeben</translation>
    </message>
    <message>
        <source>Remove one before you add another; three are plenty.</source>
        <translation>Entferne einen, bevor du noch einen hinzufügst; drei reichen völlig.</translation>
    </message>
    <message>
        <source>It looks like stun.example.org, followed by a colon and its port if it has one.</source>
        <translation>Sie sieht aus wie stun.example.org, dahinter ein Doppelpunkt und der Port, wenn es einen gibt.</translation>
    </message>
    <message>
        <source>This is not a valid port</source>
        <translation>Das ist kein gültiger Port</translation>
    </message>
    <message>
        <source>It is a number from 1 to 65535; leave it out if you do not know it.</source>
        <translation>Er ist eine Zahl von 1 bis 65535; lass ihn weg, wenn du ihn nicht kennst.</translation>
    </message>
    <message>
        <source>After transport= there must be udp or tcp.</source>
        <translation>Nach transport= muss udp oder tcp kommen.</translation>
    </message>
    <message>
        <source>Foyer uses TLS only over TCP. Leave out transport=udp.</source>
        <translation>Foyer nutzt TLS nur über TCP. Lass transport=udp weg.</translation>
    </message>
    <message>
        <source>Leave out everything after the question mark except transport=udp or transport=tcp.</source>
        <translation>Lass alles nach dem Fragezeichen weg, außer transport=udp oder transport=tcp.</translation>
    </message>
    <message>
        <source>This user name is not valid</source>
        <translation>Dieser Benutzername ist ungültig</translation>
    </message>
    <message>
        <source>It has at most 128 letters and no line breaks. Copy it again.</source>
        <translation>Er hat höchstens 128 Zeichen und keine Zeilenumbrüche. Kopiere ihn noch einmal.</translation>
    </message>
    <message>
        <source>This password is not valid</source>
        <translation>Dieses Passwort ist ungültig</translation>
    </message>
    <message>
        <source>It has at most 256 letters and no line breaks. Copy it again.</source>
        <translation>Es hat höchstens 256 Zeichen und keine Zeilenumbrüche. Kopiere es noch einmal.</translation>
    </message>
    <message>
        <source>You wanted to be asked before calls with this person</source>
        <translation>Du wolltest vor Anrufen mit dieser Person gefragt werden</translation>
    </message>
    <message>
        <source>Choose whether this one may go directly or stays on the relay.</source>
        <translation>Entscheide, ob dieser Anruf direkt gehen darf oder auf dem Relais bleibt.</translation>
    </message>
    <message>
        <source>It can have at most 64 letters, no invisible ones and no line breaks.</source>
        <translation>Er darf höchstens 64 Zeichen haben, keine unsichtbaren und keine Zeilenumbrüche.</translation>
    </message>
    <message>
        <source>It can have about 1000 letters, without control characters.</source>
        <translation>Sie darf etwa 1000 Zeichen haben, aber keine Steuerzeichen.</translation>
    </message>
    <message>
        <source>There is no ringtone of that name</source>
        <translation>Einen Klingelton mit diesem Namen gibt es nicht</translation>
    </message>
    <message>
        <source>This is not a contacts file</source>
        <translation>Das ist keine Kontaktdatei</translation>
    </message>
    <message>
        <source>Foyer makes them under Contacts, Save to a file. This one may have been cut off on the way.</source>
        <translation>Foyer erstellt sie unter Kontakte, In eine Datei sichern. Diese wurde vielleicht unterwegs abgeschnitten.</translation>
    </message>
    <message>
        <source>A contacts file has at most 16 MB.</source>
        <translation>Eine Kontaktdatei hat höchstens 16 MB.</translation>
    </message>
    <message>
        <source>You are not allowed to use this file</source>
        <translation>Du darfst diese Datei nicht verwenden</translation>
    </message>
    <message>
        <source>Choose another folder, or ask the person who looks after this computer.</source>
        <translation>Wähle einen anderen Ordner oder frage, wer diesen Computer betreut.</translation>
    </message>
    <message>
        <source>There is already a file with that name</source>
        <translation>Es gibt schon eine Datei mit diesem Namen</translation>
    </message>
    <message>
        <source>%1’s computer rang for 45 seconds. They will see that you tried.</source>
        <translation>Der Computer von %1 hat 45 Sekunden lang geklingelt. Dort ist zu sehen, dass du es versucht hast.</translation>
    </message>
    <message>
        <source>Your versions of Foyer do not fit together</source>
        <translation>Eure Foyer-Versionen passen nicht zusammen</translation>
    </message>
    <message>
        <source>Is this computer on the network, and is the relay running? Foyer keeps trying.</source>
        <translation>Ist dieser Computer im Netzwerk, und ist das Relais in Betrieb? Foyer versucht es weiter.</translation>
    </message>
    <message>
        <source>Nothing was sent. Ask the person who runs it whether the relay was set up again, and for a new link.</source>
        <translation>Es wurde nichts gesendet. Frag die Person, die es betreibt, ob das Relais neu eingerichtet wurde, und bitte sie um einen neuen Link.</translation>
    </message>
    <message>
        <source>Something other than a relay answers there</source>
        <translation>Dort antwortet etwas anderes als ein Relais</translation>
    </message>
    <message>
        <source>The invite in this link is no longer valid</source>
        <translation>Die Einladung in diesem Link ist nicht mehr gültig</translation>
    </message>
    <message>
        <source>Foyer keeps trying to reconnect.</source>
        <translation>Foyer versucht weiter, sich neu zu verbinden.</translation>
    </message>
    <message>
        <source>The relay was restarted</source>
        <translation>Das Relais wurde neu gestartet</translation>
    </message>
    <message>
        <source>Use another port. Links copied earlier will stop working.</source>
        <translation>Nimm einen anderen Port. Früher kopierte Links gehen dann nicht mehr.</translation>
    </message>
    <message>
        <source>Use a port above 1023.</source>
        <translation>Nimm einen Port über 1023.</translation>
    </message>
    <message>
        <source>Start the relay again; Foyer then looks for its addresses again.</source>
        <translation>Starte das Relais neu; Foyer sucht die Adressen dann noch einmal.</translation>
    </message>
    <message>
        <source>Try again, or use another port.</source>
        <translation>Versuche es noch einmal oder nimm einen anderen Port.</translation>
    </message>
    <message>
        <source>Stop that one, or use another port.</source>
        <translation>Halte jenes an oder nimm einen anderen Port.</translation>
    </message>
    <message>
        <source>No microphone found</source>
        <translation>Kein Mikrofon gefunden</translation>
    </message>
    <message>
        <source>Plug one in and Foyer will use it. Until then you can only listen.</source>
        <translation>Schließ eines an, Foyer benutzt es dann. Bis dahin kannst du nur zuhören.</translation>
    </message>
    <message>
        <source>No speakers or headphones found</source>
        <translation>Keine Lautsprecher oder Kopfhörer gefunden</translation>
    </message>
    <message>
        <source>Plug some in and Foyer will use them.</source>
        <translation>Schließ welche an, Foyer benutzt sie dann.</translation>
    </message>
    <message>
        <source>It is no longer in the key ring of this computer. Bring it back with your 24 words or your backup file. If you have neither, start over with a new key; to others you will be a new person.</source>
        <translation>Er ist nicht mehr im Schlüsselbund dieses Computers. Hol ihn mit deinen 24 Wörtern oder deiner Sicherungsdatei zurück. Hast du beides nicht, beginne mit einem neuen Schlüssel; für andere bist du dann eine neue Person.</translation>
    </message>
    <message>
        <source>Use at least eight characters; several words are easy to remember.</source>
        <translation>Nimm mindestens acht Zeichen; mehrere Wörter merken sich leicht.</translation>
    </message>
    <message>
        <source>There is already a file of this name</source>
        <translation>Eine Datei mit diesem Namen gibt es schon</translation>
    </message>
    <message>
        <source>This is not a backup of a Foyer identity, or it is damaged</source>
        <translation>Das ist keine Sicherung einer Foyer-Identität, oder sie ist beschädigt</translation>
    </message>
    <message>
        <source>Type it again. If you are sure it is right, the file was changed: use another copy, or the 24 words.</source>
        <translation>Gib sie noch einmal ein. Wenn sie sicher stimmt, wurde die Datei verändert: Nimm eine andere Kopie oder die 24 Wörter.</translation>
    </message>
    <message>
        <source>Check whether one is missing or was typed twice.</source>
        <translation>Sieh nach, ob eines fehlt oder doppelt eingegeben ist.</translation>
    </message>
    <message>
        <source>One word is not in the word list</source>
        <translation>Ein Wort steht nicht in der Wortliste</translation>
    </message>
    <message>
        <source>Each is in the word list, but one differs from what you wrote down, or two changed places.</source>
        <translation>Jedes steht in der Wortliste, aber eines weicht von deiner Notiz ab, oder zwei sind vertauscht.</translation>
    </message>
    <message>
        <source>An identity is already being restored</source>
        <translation>Eine Identität wird gerade zurückgeholt</translation>
    </message>
    <message>
        <source>This profile already has an identity and contacts</source>
        <translation>Dieses Profil hat schon eine Identität und Kontakte</translation>
    </message>
    <message>
        <source>Confirm that it may be replaced. The old key is kept beside the new one.</source>
        <translation>Bestätige, dass sie ersetzt werden darf. Der alte Schlüssel wird neben dem neuen aufbewahrt.</translation>
    </message>
    <message>
        <source>Foyer is already running</source>
        <translation>Foyer läuft schon</translation>
    </message>
    <message>
        <source>Use the window that is open. If you see none, Foyer is running without a window or no longer answers: end it, then start it again.</source>
        <translation>Benutze das offene Fenster. Siehst du keines, läuft Foyer ohne Fenster oder antwortet nicht mehr: Beende es und starte es dann neu.</translation>
    </message>
    <message>
        <source>Use 1 to 64 visible letters.</source>
        <translation>Nimm 1 bis 64 sichtbare Zeichen.</translation>
    </message>
    <message>
        <source>This value is not accepted</source>
        <translation>Dieser Wert geht nicht</translation>
    </message>
    <message>
        <source>Correct what you typed; until then the previous value applies.</source>
        <translation>Korrigiere die Eingabe; bis dahin gilt der vorige Wert.</translation>
    </message>
    <message>
        <source>This is too long</source>
        <translation>Das ist zu lang</translation>
    </message>
    <message>
        <source>Shorten what you typed; until then the previous value applies.</source>
        <translation>Kürze die Eingabe; bis dahin gilt der vorige Wert.</translation>
    </message>
    <message>
        <source>Foyer downloads nothing. Save the picture, then drop the file.</source>
        <translation>Foyer lädt nichts herunter. Speichere das Bild und zieh dann die Datei hierher.</translation>
    </message>
    <message>
        <source>A picture may have up to 16 MB. Crop it to the code and try that.</source>
        <translation>Ein Bild darf bis zu 16 MB haben. Schneide es auf den Code zu und versuch es damit.</translation>
    </message>
    <message>
        <source>It may have up to 50 million pixels. Crop it to the code and try that.</source>
        <translation>Es darf bis zu 50 Millionen Pixel haben. Schneide es auf den Code zu und versuch es damit.</translation>
    </message>
    <message>
        <source>Foyer cannot read this kind of picture</source>
        <translation>Diese Art von Bild kann Foyer nicht lesen</translation>
    </message>
    <message>
        <source>No QR code was found in this picture</source>
        <translation>In diesem Bild ist kein QR-Code zu finden</translation>
    </message>
    <message>
        <source>Take it from closer up, without shadows, and with the white edge around the code.</source>
        <translation>Nimm es aus der Nähe auf, ohne Schatten und mit dem weißen Rand um den Code.</translation>
    </message>
    <message>
        <source>The QR code in this picture is not one of Foyer’s</source>
        <translation>Der QR-Code in diesem Bild ist nicht von Foyer</translation>
    </message>
    <message>
        <source>There is more than one QR code in this picture</source>
        <translation>In diesem Bild ist mehr als ein QR-Code</translation>
    </message>
    <message>
        <source>Crop it to the one you mean.</source>
        <translation>Schneide es auf den zu, den du meinst.</translation>
    </message>
    <message>
        <source>Only this computer can reach the relay, because there is no network now</source>
        <translation>Nur dieser Computer erreicht das Relais, weil gerade kein Netzwerk da ist</translation>
    </message>
    <message>
        <source>Connect this computer to a network; the link then changes by itself. A link or invite that you pass on before is of no use to others.</source>
        <translation>Verbinde diesen Computer mit einem Netzwerk; der Link ändert sich dann von selbst. Ein Link oder eine Einladung, die du vorher weitergibst, nützt anderen nichts.</translation>
    </message>
    <message>
        <source>A firewall on this computer may keep others out</source>
        <translation>Eine Firewall auf diesem Computer hält andere vielleicht fern</translation>
    </message>
    <message>
        <source>The relay did not answer at its own address. Allow incoming UDP on its port, then stop the relay and start it again.</source>
        <translation>Das Relais hat an seiner eigenen Adresse nicht geantwortet. Erlaube eingehendes UDP an seinem Port, beende dann das Relais und starte es wieder.</translation>
    </message>
</context>
<context>
    <name>Explain</name>
    <message>
        <source>copies</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>spare frames</source>
        <translation>Reserve-Frames</translation>
    </message>
    <message>
        <source>deep redundancy</source>
        <translation>tiefe Redundanz</translation>
    </message>
    <message>
        <source>on the way to you</source>
        <translation>auf dem Weg zu dir</translation>
    </message>
    <message>
        <source>on the way from you</source>
        <translation>auf dem Weg von dir</translation>
    </message>
    <message>
        <source>in both directions</source>
        <translation>in beiden Richtungen</translation>
    </message>
    <message>
        <source>%1 of 100 packets are lost %2</source>
        <translation>%1 von 100 Paketen gehen %2 verloren</translation>
    </message>
    <message>
        <source>what they hear has gaps</source>
        <translation>was die andere Seite hört, hat Lücken</translation>
    </message>
    <message>
        <source>copies make up for nearly all of them</source>
        <translation>Kopien gleichen fast alle aus</translation>
    </message>
    <message>
        <source>copies help, but what they hear suffers</source>
        <translation>Kopien helfen, aber was die andere Seite hört, leidet</translation>
    </message>
    <message>
        <source>it is hardly heard</source>
        <translation>zu hören ist es kaum</translation>
    </message>
    <message>
        <source>what you hear has gaps</source>
        <translation>was du hörst, hat Lücken</translation>
    </message>
    <message>
        <source>%1 make up for nearly all of them</source>
        <translation>fast alle werden durch %1 ausgeglichen</translation>
    </message>
    <message>
        <source>%1 make up for some; what you hear suffers</source>
        <translation>einige werden durch %1 ausgeglichen; was du hörst, leidet</translation>
    </message>
    <message>
        <source>Packets arrive unevenly in both directions; both sides wait for them.</source>
        <translation>Pakete kommen in beiden Richtungen ungleichmäßig an; beide Seiten warten auf sie.</translation>
    </message>
    <message>
        <source>Packets from you arrive unevenly, %1 of 100 too late; what they hear has gaps.</source>
        <translation>Pakete von dir kommen ungleichmäßig an, %1 von 100 zu spät; was die andere Seite hört, hat Lücken.</translation>
    </message>
    <message>
        <source>Packets to you arrive unevenly, %1 of 100 too late; what you hear has gaps.</source>
        <translation>Pakete zu dir kommen ungleichmäßig an, %1 von 100 zu spät; was du hörst, hat Lücken.</translation>
    </message>
    <message>
        <source>Packets to you arrive unevenly; you hear them %1 ms later so that nothing is missed.</source>
        <translation>Pakete zu dir kommen ungleichmäßig an; du hörst alles %1 ms später, damit nichts fehlt.</translation>
    </message>
    <message>
        <source>%1k</source>
        <translation>%1k</translation>
    </message>
    <message>
        <source>Studio %1</source>
        <translation>Studio %1</translation>
    </message>
    <message>
        <source>the other side can take no more</source>
        <translation>mehr kann die andere Seite nicht empfangen</translation>
    </message>
    <message>
        <source>packets were lost</source>
        <translation>Pakete gingen verloren</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Misst noch</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Poor</source>
        <translation>Schlecht</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>Kein Ton</translation>
    </message>
    <message>
        <source>The connection is gone for the moment; Foyer is getting it back.</source>
        <translation>Die Verbindung ist gerade weg; Foyer holt sie zurück.</translation>
    </message>
    <message>
        <source>Your microphone gives no sound at all; they hear nothing.</source>
        <translation>Dein Mikrofon gibt gar keinen Ton; die andere Seite hört nichts.</translation>
    </message>
    <message>
        <source>This computer is too busy to handle the sound in time; both of you hear gaps. Close what you do not need.</source>
        <translation>Dieser Computer ist überlastet und verarbeitet den Ton nicht rechtzeitig; ihr hört beide Lücken. Schließe, was du nicht brauchst.</translation>
    </message>
    <message>
        <source>The other side can take no more than %1; that is what they hear.</source>
        <translation>Mehr als %1 kann die andere Seite nicht empfangen; so hört sie dich.</translation>
    </message>
    <message>
        <source>%1 make up for most of them, the rest is filled in</source>
        <translation>die meisten werden durch %1 ausgeglichen, der Rest wird ersetzt</translation>
    </message>
    <message>
        <source>Your connection is backed up: they hear you %1 ms late. Foyer is sending less.</source>
        <translation>Deine Verbindung staut sich: Man hört dich %1 ms später. Foyer sendet weniger.</translation>
    </message>
    <message>
        <source>Your connection carries about %1 kbit/s; they hear you in %2.</source>
        <translation>Deine Verbindung trägt etwa %1 kbit/s; man hört dich in %2.</translation>
    </message>
    <message>
        <source>Your connection carries little; they hear you in %1.</source>
        <translation>Deine Verbindung trägt wenig; man hört dich in %1.</translation>
    </message>
    <message>
        <source>Sounds good. No loss.</source>
        <translation>Klingt gut. Kein Verlust.</translation>
    </message>
    <message>
        <source>Sounds good. No loss, %1 ms from mouth to ear.</source>
        <translation>Klingt gut. Kein Verlust, %1 ms vom Mund zum Ohr.</translation>
    </message>
    <message>
        <source>Clear %1</source>
        <translation>Klar %1</translation>
    </message>
    <message>
        <source>Saver %1</source>
        <translation>Sparsam %1</translation>
    </message>
    <message>
        <source>the connection was backing up</source>
        <translation>die Verbindung staute sich</translation>
    </message>
    <message>
        <source>the connection carries no more</source>
        <translation>die Verbindung trägt nicht mehr</translation>
    </message>
    <message>
        <source>the connection is free again</source>
        <translation>die Verbindung ist wieder frei</translation>
    </message>
    <message>
        <source>the connection carries more</source>
        <translation>die Verbindung trägt mehr</translation>
    </message>
    <message>
        <source>another network, started carefully</source>
        <translation>ein anderes Netzwerk, vorsichtig begonnen</translation>
    </message>
    <message>
        <source>this is a metered connection</source>
        <translation>diese Verbindung wird nach Volumen bezahlt</translation>
    </message>
    <message>
        <source>Nothing has arrived from them for two seconds; you hear nothing.</source>
        <translation>Seit zwei Sekunden kommt nichts an; du hörst nichts.</translation>
    </message>
    <message>
        <source>Your sound device ran out of sound a moment ago; what you hear has a gap.</source>
        <translation>Dein Audiogerät lief eben leer; was du hörst, hat eine Lücke.</translation>
    </message>
    <message>
        <source>Your sound device ran out of sound %1 times in the last seconds; what you hear has gaps.</source>
        <translation>Dein Audiogerät lief in den letzten Sekunden %1-mal leer; was du hörst, hat Lücken.</translation>
    </message>
    <message>
        <source>They send a low quality, by choice or because their connection carries no more; they sound thin.</source>
        <translation>Die andere Seite sendet geringe Qualität, gewollt oder weil ihre Verbindung nicht mehr trägt; sie klingt dünn.</translation>
    </message>
    <message>
        <source>You chose %1; they hear you as well as that allows.</source>
        <translation>Du hast %1 gewählt; die andere Seite hört dich so gut, wie diese Stufe es erlaubt.</translation>
    </message>
    <message>
        <source>This is a metered connection; they hear %1 to save data.</source>
        <translation>Diese Verbindung wird nach Volumen bezahlt; man hört dich in %1, um zu sparen.</translation>
    </message>
    <message>
        <source>The distance is long: %1 ms from mouth to ear. Give each other a moment to answer.</source>
        <translation>Der Weg ist lang: %1 ms vom Mund zum Ohr. Lasst einander einen Moment zum Antworten.</translation>
    </message>
</context>
<context>
    <name>FileField</name>
    <message>
        <source>Type its name, or drop the file here</source>
        <translation>Gib den Namen ein, oder zieh die Datei hierher</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>Every call is encrypted between the two computers. You can check it by reading two words aloud.</source>
        <translation>Jeder Anruf ist Ende-zu-Ende-verschlüsselt. Prüft es, indem ihr euch zwei Wörter vorlest.</translation>
    </message>
    <message>
        <source>Come in</source>
        <translation>Komm herein</translation>
    </message>
    <message>
        <source>People on this network will see you by this name.</source>
        <translation>Unter diesem Namen sehen dich die Leute in diesem Netzwerk.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Dein Name</translation>
    </message>
    <message>
        <source>Use “%1”</source>
        <translation>„%1“ nehmen</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>No microphone found</source>
        <translation>Kein Mikrofon gefunden</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>Microphone level</source>
        <translation>Mikrofonpegel</translation>
    </message>
    <message>
        <source>Good level</source>
        <translation>Guter Pegel</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>No speakers found</source>
        <translation>Keine Lautsprecher gefunden</translation>
    </message>
    <message>
        <source>Test sound</source>
        <translation>Testton</translation>
    </message>
    <message>
        <source>Enter the lobby</source>
        <translation>Lobby betreten</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>I have used Foyer before…</source>
        <translation>Ich habe Foyer schon benutzt…</translation>
    </message>
    <message>
        <source>No account, no password, nothing to agree to.</source>
        <translation>Kein Konto, kein Passwort, keine Bedingungen.</translation>
    </message>
    <message>
        <source>The arches light up as you speak; nothing more to check.</source>
        <translation>Die Bögen leuchten auf, wenn du sprichst; mehr musst du nicht prüfen.</translation>
    </message>
</context>
<context>
    <name>GuideScreen</name>
    <message>
        <source>User guide</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>The guide is in English.</source>
        <translation>Das Handbuch ist auf Englisch.</translation>
    </message>
</context>
<context>
    <name>HallFoot</name>
    <message>
        <source>You and your sound</source>
        <translation>Du und dein Ton</translation>
    </message>
    <message>
        <source>Microphone level</source>
        <translation>Mikrofonpegel</translation>
    </message>
    <message>
        <source>You and sound</source>
        <translation>Du und Ton</translation>
    </message>
</context>
<context>
    <name>HallPanel</name>
    <message>
        <source>You and your sound</source>
        <translation>Du und dein Ton</translation>
    </message>
    <message>
        <source>How others see you: %1</source>
        <translation>So sehen dich andere: %1</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>Kein Mikrofon</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>Microphone level</source>
        <translation>Mikrofonpegel</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>No speakers</source>
        <translation>Keine Lautsprecher</translation>
    </message>
    <message>
        <source>Play test sound</source>
        <translation>Testton abspielen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Strg+,</translation>
    </message>
    <message>
        <source>Network check</source>
        <translation>Netzwerkprüfung</translation>
    </message>
    <message>
        <source>Relay on this computer</source>
        <translation>Eigenes Relais</translation>
    </message>
    <message>
        <source>Relay, link and people</source>
        <translation>Relais, Link und Leute</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>F12</source>
        <translation>F12</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>HistoryRow</name>
    <message>
        <source>Review</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Zurückrufen</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anrufen</translation>
    </message>
    <message>
        <source>Review the key of %1</source>
        <translation>Schlüssel von %1 ansehen</translation>
    </message>
    <message>
        <source>Call %1</source>
        <translation>%1 anrufen</translation>
    </message>
    <message>
        <source>Forget this call with %1</source>
        <translation>Diesen Anruf mit %1 vergessen</translation>
    </message>
    <message>
        <source>Page of %1</source>
        <translation>Seite von %1</translation>
    </message>
</context>
<context>
    <name>HistoryScreen</name>
    <message>
        <source>Forget all calls</source>
        <translation>Alle Anrufe vergessen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Which calls</source>
        <translation>Welche Anrufe</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Missed %1</source>
        <translation>Verpasst %1</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Verpasst</translation>
    </message>
    <message>
        <source>Find a call</source>
        <translation>Anruf suchen</translation>
    </message>
    <message>
        <source>Forget all calls?</source>
        <translation>Alle Anrufe vergessen?</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Forget all</source>
        <translation>Alle vergessen</translation>
    </message>
    <message>
        <source>Past calls</source>
        <translation>Frühere Anrufe</translation>
    </message>
    <message>
        <source>Calls are not remembered.</source>
        <translation>Foyer merkt sich keine Anrufe.</translation>
    </message>
    <message>
        <source>No call with anybody of that name.</source>
        <translation>Kein Anruf mit jemandem dieses Namens.</translation>
    </message>
    <message>
        <source>Remember calls</source>
        <translation>Anrufe merken</translation>
    </message>
    <message>
        <source>This cannot be undone. Your contacts and verifications stay.</source>
        <translation>Das lässt sich nicht rückgängig machen. Kontakte und Verifizierungen bleiben.</translation>
    </message>
    <message>
        <source>Calls you make, answer or miss appear here.</source>
        <translation>Hier erscheinen Anrufe, die du machst, annimmst oder verpasst.</translation>
    </message>
    <message>
        <source>You have not missed a call.</source>
        <translation>Du hast keinen Anruf verpasst.</translation>
    </message>
    <message>
        <source>Find somebody in the lobby</source>
        <translation>In der Lobby jemanden finden</translation>
    </message>
    <message>
        <source>Kept only on this computer, the last 2000 calls; never what was said.</source>
        <translation>Nur auf diesem Computer, die letzten 2000 Anrufe; nie, was gesagt wurde.</translation>
    </message>
</context>
<context>
    <name>IdentityBlocked</name>
    <message>
        <source>Close Foyer</source>
        <translation>Foyer schließen</translation>
    </message>
    <message>
        <source>Bring it back from a backup…</source>
        <translation>Aus einer Sicherung zurückholen…</translation>
    </message>
    <message>
        <source>Start over with a new key…</source>
        <translation>Mit neuem Schlüssel anfangen…</translation>
    </message>
    <message>
        <source>Make a new key now</source>
        <translation>Neuen Schlüssel erzeugen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>A new key makes you a new person to everybody: they will be asked to compare words with you again, and calls to the old key will not reach you. The old file is kept.</source>
        <translation>Mit einem neuen Schlüssel bist du für alle eine neue Person: Sie müssen die Wörter noch einmal mit dir vergleichen, und Anrufe an den alten Schlüssel erreichen dich nicht. Die alte Datei bleibt erhalten.</translation>
    </message>
</context>
<context>
    <name>ImpairmentStrip</name>
    <message>
        <source>Back to normal</source>
        <translation>Wieder normal</translation>
    </message>
    <message>
        <source>Test: a bad connection is being simulated</source>
        <translation>Test: Eine schlechte Verbindung wird nachgestellt</translation>
    </message>
</context>
<context>
    <name>IncomingBanner</name>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Decline %1</source>
        <translation>%1 ablehnen</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>End this call and accept %1</source>
        <translation>Auflegen und %1 annehmen</translation>
    </message>
    <message>
        <source>Accept %1</source>
        <translation>%1 annehmen</translation>
    </message>
    <message>
        <source>%1 with %2</source>
        <translation>Anruf von %2: %1</translation>
    </message>
</context>
<context>
    <name>IncomingCard</name>
    <message>
        <source>Incoming call</source>
        <translation>Eingehender Anruf</translation>
    </message>
    <message>
        <source>Hide my address (relay only)</source>
        <translation>Meine Adresse verbergen (nur Relais)</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Stays on the relay, as you chose</source>
        <translation>Bleibt auf dem Relais, wie von dir gewählt</translation>
    </message>
    <message>
        <source>You chose to be asked how calls with %1 go</source>
        <translation>Bei Anrufen mit %1 fragt Foyer nach dem Weg</translation>
    </message>
</context>
<context>
    <name>JoinStrip</name>
    <message>
        <source>Join by link</source>
        <translation>Per Link beitreten</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Reading the picture…</source>
        <translation>Das Bild wird gelesen …</translation>
    </message>
    <message>
        <source>Relay link</source>
        <translation>Link des Relais</translation>
    </message>
    <message>
        <source>Found this link in the picture. Press Join to use it.</source>
        <translation>Dieser Link steht im Bild. Mit „Beitreten“ benutzt du ihn.</translation>
    </message>
    <message>
        <source>QR code from a picture…</source>
        <translation>QR-Code aus einem Bild …</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Press the key…</source>
        <translation>Taste drücken…</translation>
    </message>
    <message>
        <source>%1: press the key, or Esc</source>
        <translation>%1: Taste drücken oder Esc</translation>
    </message>
    <message>
        <source>%1: %2, change</source>
        <translation>%1: %2, ändern</translation>
    </message>
</context>
<context>
    <name>KeyReview</name>
    <message>
        <source>Lobby</source>
        <translation>Lobby</translation>
    </message>
    <message>
        <source>Usually</source>
        <translation>Meistens</translation>
    </message>
    <message>
        <source>Don’t call</source>
        <translation>Nicht anrufen</translation>
    </message>
    <message>
        <source>Call and compare words</source>
        <translation>Anrufen und Wörter vergleichen</translation>
    </message>
    <message>
        <source>Rare, but serious</source>
        <translation>Selten, aber ernst</translation>
    </message>
    <message>
        <source>Somebody in between is answering in their name. Only comparing words by voice can tell.</source>
        <translation>Jemand dazwischen antwortet unter diesem Namen. Nur wenn ihr euch die Wörter vorlest, zeigt es sich.</translation>
    </message>
    <message>
        <source>The keys and what may be behind it; arrow keys scroll</source>
        <translation>Die Schlüssel und was dahinterstecken kann; Pfeiltasten blättern</translation>
    </message>
</context>
<context>
    <name>LobbyScreen</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>History of calls, missed: %1</source>
        <translation>Verlauf, verpasst: %1</translation>
    </message>
    <message>
        <source>History of calls</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>Join by link</source>
        <translation>Per Link beitreten</translation>
    </message>
    <message>
        <source>Join a relay by link</source>
        <translation>Einem Relais per Link beitreten</translation>
    </message>
    <message>
        <source>Relay</source>
        <translation>Relais</translation>
    </message>
    <message>
        <source>Relay on this computer</source>
        <translation>Relais auf diesem Computer</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Copy the relay’s link</source>
        <translation>Link des Relais kopieren</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Zurückrufen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Find a person</source>
        <translation>Person suchen</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Strg+F</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Kontakte</translation>
    </message>
    <message>
        <source>Order of the list</source>
        <translation>Reihenfolge der Liste</translation>
    </message>
    <message>
        <source>On %1</source>
        <translation>Auf %1</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>Anderswo</translation>
    </message>
    <message>
        <source>User guide</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>You and your sound</source>
        <translation>Du und dein Ton</translation>
    </message>
    <message>
        <source>Nobody with that name is here.</source>
        <translation>Niemand mit diesem Namen ist hier.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Relay state: %1. Opens the list of relays</source>
        <translation>Zustand des Relais: %1. Öffnet die Liste der Relais</translation>
    </message>
</context>
<context>
    <name>LogPage</name>
    <message>
        <source>How bad</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>Find an event</source>
        <translation>Ereignis suchen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the lines that are shown</source>
        <translation>Gezeigte Zeilen kopieren</translation>
    </message>
    <message>
        <source>What about</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Noch ist nichts geschehen.</translation>
    </message>
    <message>
        <source>No event matches.</source>
        <translation>Kein Ereignis passt dazu.</translation>
    </message>
    <message>
        <source>Lines shown: %1 of %2. The log has no addresses, names, devices or complete keys, and stays on this computer.</source>
        <translation>Gezeigte Zeilen: %1 von %2. Im Protokoll stehen keine Adressen, Namen, Geräte oder ganzen Schlüssel, und es bleibt auf diesem Computer.</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>%1 – Foyer</source>
        <translation>%1 – Foyer</translation>
    </message>
</context>
<context>
    <name>NavigationRail</name>
    <message>
        <source>Lobby</source>
        <translation>Lobby</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Kontakte</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Relays</source>
        <translation>Relais</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>%1, missed: %2</source>
        <translation>%1, verpasst: %2</translation>
    </message>
</context>
<context>
    <name>Network</name>
    <message>
        <source>UDP</source>
        <translation>UDP</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>Langsam</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nicht vorhanden</translation>
    </message>
    <message>
        <source>Observers</source>
        <translation>Beobachter</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Funktioniert</translation>
    </message>
    <message>
        <source>IPv6 alone</source>
        <translation>Nur IPv6</translation>
    </message>
    <message>
        <source>NAT mapping</source>
        <translation>NAT-Zuordnung</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>No NAT</source>
        <translation>Kein NAT</translation>
    </message>
    <message>
        <source>One port for all</source>
        <translation>Ein Port für alle</translation>
    </message>
    <message>
        <source>NAT filtering</source>
        <translation>NAT-Filterung</translation>
    </message>
    <message>
        <source>By address</source>
        <translation>Nach Adresse</translation>
    </message>
    <message>
        <source>By address and port</source>
        <translation>Nach Adresse und Port</translation>
    </message>
    <message>
        <source>Silent connection</source>
        <translation>Stille Verbindung</translation>
    </message>
    <message>
        <source>Soon forgotten</source>
        <translation>Bald vergessen</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Bleibt offen</translation>
    </message>
    <message>
        <source>Disagree</source>
        <translation>Uneinig</translation>
    </message>
    <message>
        <source>One alone</source>
        <translation>Nur einer</translation>
    </message>
    <message>
        <source>Opened port</source>
        <translation>Geöffneter Port</translation>
    </message>
    <message>
        <source>Not outside</source>
        <translation>Nicht nach außen</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Outside address</source>
        <translation>Adresse außen</translation>
    </message>
    <message>
        <source>There is no network</source>
        <translation>Es ist kein Netzwerk da</translation>
    </message>
    <message>
        <source>There is nobody to ask</source>
        <translation>Es ist niemand da, den man fragen kann</translation>
    </message>
    <message>
        <source>Nothing answers on this network</source>
        <translation>In diesem Netzwerk antwortet nichts</translation>
    </message>
    <message>
        <source>Calls go through the relay, over TCP</source>
        <translation>Anrufe laufen über das Relais, per TCP</translation>
    </message>
    <message>
        <source>Calls work, with much delay</source>
        <translation>Anrufe gelingen, aber stark verzögert</translation>
    </message>
    <message>
        <source>Calls within this network should go directly</source>
        <translation>Anrufe in diesem Netzwerk sollten direkt laufen</translation>
    </message>
    <message>
        <source>Direct calls should work from here</source>
        <translation>Direkte Anrufe sollten von hier aus gelingen</translation>
    </message>
    <message>
        <source>Many calls should go directly</source>
        <translation>Viele Anrufe sollten direkt laufen</translation>
    </message>
    <message>
        <source>Some calls go directly</source>
        <translation>Manche Anrufe laufen direkt</translation>
    </message>
    <message>
        <source>Calls go through the relay</source>
        <translation>Anrufe laufen über das Relais</translation>
    </message>
    <message>
        <source>Relays</source>
        <translation>Relais</translation>
    </message>
    <message>
        <source>Also</source>
        <translation>Außerdem</translation>
    </message>
    <message>
        <source>Today %1</source>
        <translation>Heute %1</translation>
    </message>
    <message>
        <source>took %1 s</source>
        <translation>dauerte %1 s</translation>
    </message>
    <message>
        <source>Network check: %1</source>
        <translation>Netzwerkprüfung: %1</translation>
    </message>
    <message>
        <source>What you can do:</source>
        <translation>Was du tun kannst:</translation>
    </message>
    <message>
        <source>Wants a sign-in</source>
        <translation>Will eine Anmeldung</translation>
    </message>
    <message>
        <source>A new port for each, in order</source>
        <translation>Je ein neuer Port, der Reihe nach</translation>
    </message>
    <message>
        <source>A random port for each</source>
        <translation>Je ein zufälliger Port</translation>
    </message>
    <message>
        <source>%1 of %2 observers see this computer there.</source>
        <translation>%1 von %2 Beobachtern sehen diesen Computer dort.</translation>
    </message>
    <message>
        <source>One observer sees this computer there.</source>
        <translation>Ein Beobachter sieht diesen Computer dort.</translation>
    </message>
    <message>
        <source>Not shown</source>
        <translation>Nicht gezeigt</translation>
    </message>
    <message>
        <source>This network wants you to sign in first</source>
        <translation>Dieses Netz will erst eine Anmeldung</translation>
    </message>
    <message>
        <source>Checking this network</source>
        <translation>Dieses Netzwerk wird geprüft</translation>
    </message>
    <message>
        <source>This network has not been checked yet</source>
        <translation>Dieses Netzwerk wurde noch nicht geprüft</translation>
    </message>
    <message>
        <source>Foyer asks the relays and STUN servers it knows how this computer looks from outside. It takes a few seconds, calls continue meanwhile, and the result stays here.</source>
        <translation>Foyer fragt die Relais und STUN-Server, die es kennt, wie dieser Computer von außen aussieht. Es dauert ein paar Sekunden, Anrufe gehen weiter, und was gefunden wird, bleibt hier.</translation>
    </message>
    <message>
        <source>Reached during the check.</source>
        <translation>Während der Messung erreicht.</translation>
    </message>
    <message>
        <source>None was reached during the check.</source>
        <translation>Während der Messung wurde keines erreicht.</translation>
    </message>
    <message>
        <source>Own network</source>
        <translation>Eigenes Netz</translation>
    </message>
</context>
<context>
    <name>NetworkCheck</name>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Check the network</source>
        <translation>Netzwerk prüfen</translation>
    </message>
    <message>
        <source>What you can do</source>
        <translation>Was du tun kannst</translation>
    </message>
    <message>
        <source>Show addresses</source>
        <translation>Adressen zeigen</translation>
    </message>
    <message>
        <source>Check for two minutes</source>
        <translation>Zwei Minuten lang prüfen</translation>
    </message>
    <message>
        <source>IPv4 and IPv6 both work.</source>
        <translation>IPv4 und IPv6 funktionieren beide.</translation>
    </message>
    <message>
        <source>IPv6 works, IPv4 does not.</source>
        <translation>IPv6 funktioniert, IPv4 nicht.</translation>
    </message>
    <message>
        <source>IPv4 works, IPv6 does not.</source>
        <translation>IPv4 funktioniert, IPv6 nicht.</translation>
    </message>
    <message>
        <source>The router opened a port for Foyer (%1).</source>
        <translation>Der Router hat einen Port für Foyer geöffnet (%1).</translation>
    </message>
    <message>
        <source>The router opens no port for programs.</source>
        <translation>Der Router öffnet keine Ports für Programme.</translation>
    </message>
    <message>
        <source>The router forgets a silent connection in less than %1 s.</source>
        <translation>Der Router vergisst eine stille Verbindung in weniger als %1 s.</translation>
    </message>
    <message>
        <source>The router remembers a silent connection for %1 s at least.</source>
        <translation>Der Router merkt sich eine stille Verbindung mindestens %1 s.</translation>
    </message>
    <message>
        <source>Calls should go directly, whatever router the other side has.</source>
        <translation>Anrufe sollten direkt laufen, welchen Router die andere Seite auch hat.</translation>
    </message>
    <message>
        <source>Calls within this network should go directly. What calls beyond it can expect is not known.</source>
        <translation>Anrufe in diesem Netzwerk sollten direkt laufen. Was Anrufe nach außen erwarten können, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Calls work through the relay. Whether they can go directly is not known.</source>
        <translation>Anrufe laufen über das Relais. Ob sie direkt laufen können, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Calls should go directly with nearly everybody.</source>
        <translation>Anrufe sollten mit fast allen direkt laufen.</translation>
    </message>
    <message>
        <source>More calls would go directly with IPv6 or a public IPv4 address; the internet provider may give one.</source>
        <translation>Mit IPv6 oder einer öffentlichen IPv4-Adresse liefen mehr Anrufe direkt; vielleicht gibt der Internetanbieter eine.</translation>
    </message>
    <message>
        <source>More calls would go directly if UPnP, NAT-PMP or PCP were switched on in the router.</source>
        <translation>Mehr Anrufe liefen direkt, wenn im Router UPnP, NAT-PMP oder PCP eingeschaltet wäre.</translation>
    </message>
    <message>
        <source>An answer takes %1 ms, which is slow.</source>
        <translation>Eine Antwort dauert %1 ms, das ist langsam.</translation>
    </message>
    <message>
        <source>UDP works; an answer takes %1 ms.</source>
        <translation>UDP funktioniert; eine Antwort dauert %1 ms.</translation>
    </message>
    <message>
        <source>UDP works.</source>
        <translation>UDP funktioniert.</translation>
    </message>
    <message>
        <source>the router does not answer</source>
        <translation>der Router antwortet nicht</translation>
    </message>
    <message>
        <source>the router does not speak it</source>
        <translation>der Router beherrscht es nicht</translation>
    </message>
    <message>
        <source>it is switched off in the router</source>
        <translation>es ist im Router ausgeschaltet</translation>
    </message>
    <message>
        <source>the router&apos;s table is full</source>
        <translation>die Tabelle des Routers ist voll</translation>
    </message>
    <message>
        <source>the router has no public address itself</source>
        <translation>der Router hat selbst keine öffentliche Adresse</translation>
    </message>
    <message>
        <source>the router refuses it</source>
        <translation>der Router lehnt es ab</translation>
    </message>
    <message>
        <source>the router says yes and does not do it</source>
        <translation>der Router sagt ja und tut es nicht</translation>
    </message>
    <message>
        <source>the router says yes and lets nothing through</source>
        <translation>der Router sagt ja und lässt nichts durch</translation>
    </message>
    <message>
        <source>This computer is not connected to a network.</source>
        <translation>Dieser Computer ist mit keinem Netzwerk verbunden.</translation>
    </message>
    <message>
        <source>Calls do not work now.</source>
        <translation>Anrufe gelingen jetzt nicht.</translation>
    </message>
    <message>
        <source>Connect to a network. Foyer then checks by itself.</source>
        <translation>Verbinde dich mit einem Netzwerk. Foyer prüft dann von selbst.</translation>
    </message>
    <message>
        <source>There is nobody to ask: no relay is known and no STUN server is set.</source>
        <translation>Es ist niemand da, den man fragen kann: Kein Relais ist bekannt und kein STUN-Server eingestellt.</translation>
    </message>
    <message>
        <source>Nobody who was asked has answered.</source>
        <translation>Von den Gefragten hat niemand geantwortet.</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>What it means for calls</source>
        <translation>Was es für Anrufe heißt</translation>
    </message>
    <message>
        <source>Until the new check is done, this is what the last one found.</source>
        <translation>Bis die neue Prüfung fertig ist, steht hier das Ergebnis der letzten.</translation>
    </message>
    <message>
        <source>Here and in the copied report. They tell where this computer is: give them only to people you trust.</source>
        <translation>Hier und im kopierten Bericht. Sie sagen, wo dieser Computer ist: Gib sie nur Leuten, denen du vertraust.</translation>
    </message>
    <message>
        <source>Also measures how long your router keeps a silent connection open.</source>
        <translation>Misst auch, wie lange dein Router eine stille Verbindung offen hält.</translation>
    </message>
    <message>
        <source>It lets in anyone who knows the port.</source>
        <translation>Er lässt jeden herein, der den Port kennt.</translation>
    </message>
    <message>
        <source>It lets in replies from any address this computer has written to.</source>
        <translation>Herein dürfen Antworten von jeder Adresse, an die dieser Computer geschrieben hat.</translation>
    </message>
    <message>
        <source>It lets in replies only from the exact address and port this computer has written to.</source>
        <translation>Herein dürfen nur Antworten von genau der Adresse und dem Port, an die dieser Computer geschrieben hat.</translation>
    </message>
    <message>
        <source>Everybody who answered is on this computer&apos;s own network, so nothing is known about the path out of it.</source>
        <translation>Alle, die geantwortet haben, sind im Netz dieses Computers; über den Weg hinaus ist nichts bekannt.</translation>
    </message>
    <message>
        <source>This computer has its own address on the internet.</source>
        <translation>Dieser Computer hat eine eigene Adresse im Internet.</translation>
    </message>
    <message>
        <source>The router gives Foyer one outside port and uses it for everybody.</source>
        <translation>Der Router gibt diesem Programm einen Port nach außen und behält ihn für alle bei.</translation>
    </message>
    <message>
        <source>The router uses a different outside port for each person, in a predictable order.</source>
        <translation>Der Router gibt für jede Person einen anderen Port nach außen, in einer Reihenfolge, die sich vorhersagen lässt.</translation>
    </message>
    <message>
        <source>The router uses a different, unpredictable outside port for each person.</source>
        <translation>Der Router gibt für jede Person einen anderen Port nach außen, ohne Reihenfolge.</translation>
    </message>
    <message>
        <source>Two computers behind this router cannot reach each other by the outside address; Foyer uses the inside one.</source>
        <translation>Zwei Computer hinter diesem Router erreichen einander nicht über die Außenadresse; Foyer nimmt die innere.</translation>
    </message>
    <message>
        <source>The router opened a port (%1), but there is another router in front of it.</source>
        <translation>Der Router hat einen Port geöffnet (%1), aber davor steht noch ein Router.</translation>
    </message>
    <message>
        <source>To learn more, join a relay outside this network or add a STUN server in the settings, then check again.</source>
        <translation>Um mehr zu erfahren, tritt einem Relais außerhalb bei oder nenne in den Einstellungen einen STUN-Server und prüfe noch einmal.</translation>
    </message>
    <message>
        <source>The observers disagree; Foyer believes only what several of them see.</source>
        <translation>Die Beobachter sind sich nicht einig; Foyer glaubt nur, was mehrere sehen.</translation>
    </message>
    <message>
        <source>Only one observer answered, so some of this is uncertain.</source>
        <translation>Es gab nur eine Stelle zum Fragen, darum ist manches davon nicht sicher.</translation>
    </message>
    <message>
        <source>To be sure, join a second relay or add a STUN server in the settings, then check again.</source>
        <translation>Um sicher zu sein, tritt einem zweiten Relais bei oder nenne in den Einstellungen einen STUN-Server und prüfe noch einmal.</translation>
    </message>
    <message>
        <source>Calls should go directly with most people; with others they go through the relay.</source>
        <translation>Anrufe sollten mit den meisten direkt laufen; mit den anderen laufen sie über das Relais.</translation>
    </message>
    <message>
        <source>Calls go directly with many people, by predicting the next port; with others they go through the relay.</source>
        <translation>Mit vielen gehen Anrufe direkt, indem der nächste Port vorhergesagt wird; mit anderen über das Relais.</translation>
    </message>
    <message>
        <source>Calls go directly with people whose router is less strict; with others they go through the relay.</source>
        <translation>Anrufe laufen direkt mit allen, deren Router weniger streng ist; mit den anderen laufen sie über das Relais.</translation>
    </message>
    <message>
        <source>More calls would go directly if Foyer were allowed to open a port at the router, in the settings under Network.</source>
        <translation>Mehr Anrufe gingen direkt, wenn Foyer am Router einen Port öffnen dürfte (Einstellungen, Netzwerk).</translation>
    </message>
    <message>
        <source>Calls work, but with so much delay that people interrupt each other.</source>
        <translation>Anrufe gehen, aber so verzögert, dass man sich ins Wort fällt.</translation>
    </message>
    <message>
        <source>Use a cable or another network if you can, and stop whatever is loading this one.</source>
        <translation>Nimm ein Kabel oder ein anderes Netz, wenn es geht, und beende, was dieses auslastet.</translation>
    </message>
    <message>
        <source>not asked this way</source>
        <translation>auf diesem Weg wird nicht gefragt</translation>
    </message>
    <message>
        <source>there is another router in between</source>
        <translation>ein weiterer Router steht dazwischen</translation>
    </message>
    <message>
        <source>the router reports an impossible address</source>
        <translation>der Router nennt eine unmögliche Adresse</translation>
    </message>
    <message>
        <source>What calls can expect is unknown.</source>
        <translation>Was Anrufe erwarten können, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Join a relay, or add a STUN server in the settings, then check again.</source>
        <translation>Tritt einem Relais bei oder nenne in den Einstellungen einen STUN-Server und prüfe noch einmal.</translation>
    </message>
    <message>
        <source>If this network wants you to sign in first, as in hotels and trains, open any page in a browser and check again. Otherwise try another network, or ask whoever runs this one whether UDP is blocked.</source>
        <translation>Wenn dieses Netz erst eine Anmeldung will, wie in Hotels und Zügen, öffne irgendeine Seite im Browser und prüfe noch einmal. Sonst versuche ein anderes Netz oder frag, wer dieses betreibt, ob UDP gesperrt ist.</translation>
    </message>
    <message>
        <source>Something else answers in place of the relay, as in networks that want you to sign in first.</source>
        <translation>Etwas anderes antwortet anstelle des Relais, wie in Netzen, die erst eine Anmeldung wollen.</translation>
    </message>
    <message>
        <source>Open any page in a browser and sign in there, as in hotels and trains; Foyer then connects by itself. If no page appears, try another network.</source>
        <translation>Öffne irgendeine Seite im Browser und melde dich dort an, wie in Hotels und Zügen; Foyer verbindet sich dann von selbst. Kommt keine Seite, versuche ein anderes Netz.</translation>
    </message>
    <message>
        <source>This network blocks UDP. The relay is reached over TCP.</source>
        <translation>Dieses Netzwerk lässt kein UDP durch. Das Relais wird über TCP erreicht.</translation>
    </message>
    <message>
        <source>Calls work through the relay, with more delay and less reliably than over UDP.</source>
        <translation>Anrufe laufen über das Relais, mit mehr Verzögerung und weniger robust als über UDP.</translation>
    </message>
    <message>
        <source>Calls improve if this network allows UDP, or on another network.</source>
        <translation>Anrufe werden besser, wenn dieses Netz UDP zulässt, oder in einem anderen Netz.</translation>
    </message>
    <message>
        <source>Nothing to do.</source>
        <translation>Du brauchst nichts zu tun.</translation>
    </message>
</context>
<context>
    <name>NetworkScreen</name>
    <message>
        <source>Network check</source>
        <translation>Netzwerkprüfung</translation>
    </message>
    <message>
        <source>How calls connect</source>
        <translation>Wie Anrufe verbunden werden</translation>
    </message>
    <message>
        <source>Opens the settings</source>
        <translation>Öffnet die Einstellungen</translation>
    </message>
</context>
<context>
    <name>NumberBox</name>
    <message>
        <source>none</source>
        <translation>aus</translation>
    </message>
</context>
<context>
    <name>ObserverList</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the STUN server %1</source>
        <translation>Den STUN-Server %1 entfernen</translation>
    </message>
    <message>
        <source>Address of a STUN server</source>
        <translation>Adresse eines STUN-Servers</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add the STUN server</source>
        <translation>Den STUN-Server hinzufügen</translation>
    </message>
</context>
<context>
    <name>OrderMenu</name>
    <message>
        <source>Who can answer first</source>
        <translation>Erreichbare zuerst</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>Latest call first</source>
        <translation>Letzter Anruf zuerst</translation>
    </message>
    <message>
        <source>Group by relay</source>
        <translation>Nach Relais gruppieren</translation>
    </message>
    <message>
        <source>Order of the list</source>
        <translation>Reihenfolge der Liste</translation>
    </message>
    <message>
        <source>Warnings always come first, then favourites.</source>
        <translation>Warnungen stehen immer zuerst, dann Favoriten.</translation>
    </message>
</context>
<context>
    <name>OutgoingView</name>
    <message>
        <source>Calling</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Klingeln</translation>
    </message>
    <message>
        <source>Securing</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>In call</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>PageHead</name>
    <message>
        <source>Lobby</source>
        <translation>Lobby</translation>
    </message>
</context>
<context>
    <name>PastCall</name>
    <message>
        <source>%1 % on average, %2 % at worst</source>
        <translation>im Mittel %1 %, höchstens %2 %</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>%1 ms on average, %2 ms at worst</source>
        <translation>im Mittel %1 ms, höchstens %2 ms</translation>
    </message>
    <message>
        <source>chosen by you</source>
        <translation>von dir gewählt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Hin und zurück</translation>
    </message>
    <message>
        <source>Jitter buffer</source>
        <translation>Jitterpuffer</translation>
    </message>
    <message>
        <source>Bit rate</source>
        <translation>Bitrate</translation>
    </message>
    <message>
        <source>Quality you sent</source>
        <translation>Gesendete Qualität</translation>
    </message>
    <message>
        <source>%1 with sound</source>
        <translation>%1 mit Ton</translation>
    </message>
    <message>
        <source>%1 % of what you heard</source>
        <translation>%1 % des Gehörten</translation>
    </message>
    <message>
        <source>Lost, incoming</source>
        <translation>Verlust ankommend</translation>
    </message>
    <message>
        <source>Lost, outgoing</source>
        <translation>Verlust abgehend</translation>
    </message>
    <message>
        <source>Filled in for lost sound</source>
        <translation>Für Verlorenes ergänzt</translation>
    </message>
    <message>
        <source>Quality changes</source>
        <translation>Wechsel der Qualität</translation>
    </message>
    <message>
        <source>sent %1, received %2 kbit/s on average</source>
        <translation>gesendet %1, empfangen %2 kbit/s im Mittel</translation>
    </message>
</context>
<context>
    <name>PastCallsPage</name>
    <message>
        <source>Past calls; arrow keys choose</source>
        <translation>Frühere Anrufe; Pfeiltasten wählen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the figures of this call</source>
        <translation>Werte dieses Anrufs kopieren</translation>
    </message>
    <message>
        <source>Kept with the history, only on this computer, and deleted with it. A copy has no names, addresses or times.</source>
        <translation>Wird mit dem Verlauf behalten, nur auf diesem Computer, und mit ihm vergessen. Was kopiert wird, enthält keinen Namen, keine Adresse und keine Zeit.</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Save the report of this call</source>
        <translation>Den Bericht über dieses Gespräch speichern</translation>
    </message>
    <message>
        <source>How the call was at its end and in the minutes before, for somebody who helps you. It has no names, addresses, devices or keys, and no sound.</source>
        <translation>Wie das Gespräch am Ende und in den Minuten davor war, für jemanden, der dir hilft. Der Bericht enthält keine Namen, Adressen, Geräte oder Schlüssel und keinen Ton.</translation>
    </message>
</context>
<context>
    <name>Path</name>
    <message>
        <source>, because direct calls are switched off here</source>
        <translation>, weil direkte Anrufe hier ausgeschaltet sind</translation>
    </message>
    <message>
        <source>, because the other side asked for privacy</source>
        <translation>, weil die andere Seite es privat halten will</translation>
    </message>
    <message>
        <source>, because you answered without telling your address</source>
        <translation>, weil du angenommen hast, ohne deine Adresse zu nennen</translation>
    </message>
    <message>
        <source>, because you called without telling your address</source>
        <translation>, weil du angerufen hast, ohne deine Adresse zu nennen</translation>
    </message>
    <message>
        <source>, because your address is told to your contacts alone</source>
        <translation>, weil deine Adresse nur deinen Kontakten genannt wird</translation>
    </message>
    <message>
        <source>, until you have compared the words</source>
        <translation>, bis ihr die Wörter verglichen habt</translation>
    </message>
    <message>
        <source>, until the keys are proven</source>
        <translation>, bis die Schlüssel bewiesen sind</translation>
    </message>
    <message>
        <source>, because the other side tells no address</source>
        <translation>, weil die andere Seite keine Adresse nennt</translation>
    </message>
    <message>
        <source>, because no address of the other side may be tried from here</source>
        <translation>, weil von hier aus keine Adresse der anderen Seite versucht werden darf</translation>
    </message>
    <message>
        <source>, while a direct way is looked for</source>
        <translation>, solange ein direkter Weg gesucht wird</translation>
    </message>
    <message>
        <source>, because no direct way has opened; it is tried again</source>
        <translation>, weil sich kein direkter Weg geöffnet hat; es wird wieder versucht</translation>
    </message>
    <message>
        <source>, because many ports would have to be tried, and one side has that switched off</source>
        <translation>, weil viele Ports versucht werden müssten und eine Seite das ausgeschaltet hat</translation>
    </message>
    <message>
        <source>, because the direct way was lost; another is looked for</source>
        <translation>, weil der direkte Weg verloren ging; ein anderer wird gesucht</translation>
    </message>
    <message>
        <source>told them</source>
        <translation>genannt</translation>
    </message>
    <message>
        <source>they told</source>
        <translation>erfahren</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>nicht versucht</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>gefragt</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>they asked</source>
        <translation>von dort gefragt</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>they connect</source>
        <translation>verbindet von dort</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>erfolglos</translation>
    </message>
    <message>
        <source>proven to be theirs</source>
        <translation>bewiesen</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>benutzt</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>still</translation>
    </message>
    <message>
        <source>heard again</source>
        <translation>wieder gehört</translation>
    </message>
    <message>
        <source>they hear nothing</source>
        <translation>dort still</translation>
    </message>
    <message>
        <source>given up</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>looking again</source>
        <translation>sucht wieder</translation>
    </message>
    <message>
        <source>this network changed</source>
        <translation>anderes Netzwerk</translation>
    </message>
    <message>
        <source>of the computer</source>
        <translation>des Computers</translation>
    </message>
    <message>
        <source>as seen outside</source>
        <translation>von außen gesehen</translation>
    </message>
    <message>
        <source>opened at the router</source>
        <translation>am Router geöffnet</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>vorhergesagt</translation>
    </message>
    <message>
        <source>of a TURN server</source>
        <translation>eines TURN-Servers</translation>
    </message>
    <message>
        <source>loopback</source>
        <translation>Loopback</translation>
    </message>
    <message>
        <source>link-local</source>
        <translation>Link-Local</translation>
    </message>
    <message>
        <source>private</source>
        <translation>privat</translation>
    </message>
    <message>
        <source>public</source>
        <translation>öffentlich</translation>
    </message>
    <message>
        <source>no address of a computer</source>
        <translation>keine Adresse eines Computers</translation>
    </message>
    <message>
        <source>its port is that of a service</source>
        <translation>ihr Port ist der eines Dienstes</translation>
    </message>
    <message>
        <source>in a network that is not this one</source>
        <translation>in einem anderen Netzwerk als diesem</translation>
    </message>
    <message>
        <source>this computer has no such address</source>
        <translation>dieser Computer hat keine solche Adresse</translation>
    </message>
    <message>
        <source>ports that were told ahead</source>
        <translation>vorhergesagte Ports</translation>
    </message>
    <message>
        <source>many ports are tried</source>
        <translation>viele Ports werden versucht</translation>
    </message>
    <message>
        <source>there were too many</source>
        <translation>es waren zu viele</translation>
    </message>
    <message>
        <source>they did not prove who they are</source>
        <translation>dort nicht ausgewiesen</translation>
    </message>
    <message>
        <source>another way took its place</source>
        <translation>ein anderer Weg ersetzte ihn</translation>
    </message>
    <message>
        <source>nothing was heard</source>
        <translation>nichts war zu hören</translation>
    </message>
    <message>
        <source>closed here</source>
        <translation>hier geschlossen</translation>
    </message>
    <message>
        <source>they closed it</source>
        <translation>dort geschlossen</translation>
    </message>
    <message>
        <source>no connection came about</source>
        <translation>keine Verbindung kam zustande</translation>
    </message>
    <message>
        <source>somebody else answered</source>
        <translation>jemand anderes antwortete</translation>
    </message>
    <message>
        <source>they did not take our key</source>
        <translation>unser Schlüssel wurde nicht angenommen</translation>
    </message>
    <message>
        <source>they had forgotten it</source>
        <translation>dort vergessen</translation>
    </message>
    <message>
        <source>they refused</source>
        <translation>dort abgelehnt</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>die Verbindung riss ab</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Direkt</translation>
    </message>
    <message>
        <source>Direct over LAN</source>
        <translation>Direkt über LAN</translation>
    </message>
    <message>
        <source>Direct over IPv6</source>
        <translation>Direkt über IPv6</translation>
    </message>
    <message>
        <source>TURN server</source>
        <translation>TURN-Server</translation>
    </message>
    <message>
        <source>Through a TURN server, because there is no shorter way</source>
        <translation>Über einen TURN-Server, weil es keinen kürzeren Weg gibt</translation>
    </message>
    <message>
        <source>Through the relay</source>
        <translation>Über das Relais</translation>
    </message>
    <message>
        <source>Through %1</source>
        <translation>Über %1</translation>
    </message>
    <message>
        <source>Relay over TCP</source>
        <translation>Relais über TCP</translation>
    </message>
    <message>
        <source> over TCP %1, because UDP is blocked here</source>
        <translation> über TCP %1, weil UDP hier gesperrt ist</translation>
    </message>
    <message>
        <source>Relay</source>
        <translation>Relais</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>dieser Computer</translation>
    </message>
    <message>
        <source>a relay</source>
        <translation>ein Relais</translation>
    </message>
    <message>
        <source>, they called through %1</source>
        <translation>, Anruf kam über %1</translation>
    </message>
    <message>
        <source>, called through %1</source>
        <translation>, Anruf ging über %1</translation>
    </message>
    <message>
        <source>, because you chose that calls with this person stay there</source>
        <translation>, weil du gewählt hast, dass Anrufe mit dieser Person dort bleiben</translation>
    </message>
    <message>
        <source>, because this computer is on no network</source>
        <translation>, weil dieser Computer in keinem Netzwerk ist</translation>
    </message>
    <message>
        <source>, because both routers are too strict for a direct call</source>
        <translation>, weil beide Router für einen direkten Anruf zu streng sind</translation>
    </message>
    <message>
        <source>LAN</source>
        <translation>LAN</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>%1 %2 %3, port&#xa0;%4</source>
        <extracomment>&quot;public IPv4 2, port 1&quot;: the first port of the second such address</extracomment>
        <translation>%1 %2 %3, Port&#xa0;%4</translation>
    </message>
</context>
<context>
    <name>PathRecord</name>
    <message>
        <source>Path</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Show the newest steps</source>
        <translation>Die neuesten Schritte zeigen</translation>
    </message>
    <message>
        <source>Show all %1 steps</source>
        <translation>Alle %1 Schritte zeigen</translation>
    </message>
    <message>
        <source>Show addresses</source>
        <translation>Adressen zeigen</translation>
    </message>
    <message>
        <source>No direct path has been looked for in this call.</source>
        <translation>In diesem Gespräch wurde kein direkter Weg gesucht.</translation>
    </message>
    <message>
        <source>Only on this screen. Reports have them masked: the same number is the same address.</source>
        <translation>Nur auf diesem Bildschirm. In Berichten sind sie maskiert: Dieselbe Nummer ist dieselbe Adresse.</translation>
    </message>
</context>
<context>
    <name>PersonLinkDialog</name>
    <message>
        <source>Key in the link</source>
        <translation>Schlüssel im Link</translation>
    </message>
    <message>
        <source>Show this person</source>
        <translation>Diese Person zeigen</translation>
    </message>
    <message>
        <source>Join the relay</source>
        <translation>Dem Relais beitreten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
</context>
<context>
    <name>PersonMenu</name>
    <message>
        <source>Call without telling my address</source>
        <translation>Anrufen, ohne meine Adresse zu nennen</translation>
    </message>
    <message>
        <source>Call %1 without telling my address</source>
        <translation>%1 anrufen, ohne meine Adresse zu nennen</translation>
    </message>
    <message>
        <source>The call stays on the relay.</source>
        <translation>Der Anruf bleibt auf dem Relais.</translation>
    </message>
    <message>
        <source>Unblock %1</source>
        <translation>%1 nicht mehr blockieren</translation>
    </message>
    <message>
        <source>Block %1</source>
        <translation>%1 blockieren</translation>
    </message>
    <message>
        <source>Name, note and calls</source>
        <translation>Name, Notiz und Anrufe</translation>
    </message>
    <message>
        <source>Name, note and calls of %1</source>
        <translation>Name, Notiz und Anrufe von %1</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Aus den Favoriten entfernen</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Zu den Favoriten</translation>
    </message>
    <message>
        <source>Remove %1 from favourites</source>
        <translation>%1 aus den Favoriten entfernen</translation>
    </message>
    <message>
        <source>Add %1 to favourites</source>
        <translation>%1 zu den Favoriten hinzufügen</translation>
    </message>
</context>
<context>
    <name>PersonRow</name>
    <message>
        <source>Review</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anrufen</translation>
    </message>
    <message>
        <source>Review the key of %1</source>
        <translation>Schlüssel von %1 ansehen</translation>
    </message>
    <message>
        <source>Call %1</source>
        <translation>%1 anrufen</translation>
    </message>
</context>
<context>
    <name>PictureField</name>
    <message>
        <source>Picture of a QR code</source>
        <translation>Bild eines QR-Codes</translation>
    </message>
    <message>
        <source>Type its name, or drop the file here</source>
        <translation>Namen eingeben, oder die Datei hierher ziehen</translation>
    </message>
    <message>
        <source>Read it</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Paste a copied picture</source>
        <translation>Ein kopiertes Bild einfügen</translation>
    </message>
    <message>
        <source>Choose the picture of a QR code</source>
        <translation>Das Bild eines QR-Codes wählen</translation>
    </message>
</context>
<context>
    <name>PlotCard</name>
    <message>
        <source>waiting for the first packets</source>
        <translation>wartet auf die ersten Pakete</translation>
    </message>
    <message>
        <source>Waiting for the first packets</source>
        <translation>Wartet auf die ersten Pakete</translation>
    </message>
    <message>
        <source>60 s</source>
        <translation>60 s</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>The screenshot could not be written.</source>
        <translation>Das Bildschirmfoto konnte nicht geschrieben werden.</translation>
    </message>
</context>
<context>
    <name>ProgramOptions</name>
    <message>
        <source>Calls between people, through relays that hear nothing.</source>
        <translation>Gespräche zwischen Menschen, über Relais, die nichts hören.</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>Diese Hilfe zeigen.</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>Die Version zeigen.</translation>
    </message>
    <message>
        <source>Keep the profile in DIR.</source>
        <translation>Das Profil in DIR aufbewahren.</translation>
    </message>
    <message>
        <source>Run without a window.</source>
        <translation>Ohne Fenster laufen.</translation>
    </message>
    <message>
        <source>Listen for foyerctl at the local socket PATH.</source>
        <translation>Am lokalen Socket PATH auf foyerctl warten.</translation>
    </message>
    <message>
        <source>Microphone: a device name, null, or file:NAME.wav.</source>
        <translation>Mikrofon: ein Gerätename, null oder file:NAME.wav.</translation>
    </message>
    <message>
        <source>Speakers: a device name, null, or file:NAME.wav.</source>
        <translation>Lautsprecher: ein Gerätename, null oder file:NAME.wav.</translation>
    </message>
    <message>
        <source>Connect to the relay LINK.</source>
        <translation>Mit dem Relais LINK verbinden.</translation>
    </message>
    <message>
        <source>Run a relay here, on PORT if given.</source>
        <translation>Hier ein Relais betreiben, auf PORT, wenn angegeben.</translation>
    </message>
    <message>
        <source>Write the first screen to FILE and exit.</source>
        <translation>Den ersten Bildschirm in FILE schreiben und beenden.</translation>
    </message>
    <message>
        <source>With netcheck: print JSON instead of sentences.</source>
        <translation>Mit netcheck: JSON statt Sätzen ausgeben.</translation>
    </message>
    <message>
        <source>With netcheck: measure for two minutes how long the router remembers.</source>
        <translation>Mit netcheck: zwei Minuten lang messen, wie lange der Router sich erinnert.</translation>
    </message>
    <message>
        <source>With netcheck and --json: with addresses.</source>
        <translation>Mit netcheck und --json: mit Adressen.</translation>
    </message>
    <message>
        <source>A foyer:// link to open.</source>
        <translation>Ein foyer://-Link zum Öffnen.</translation>
    </message>
    <message>
        <source>With --headless: check the network, say what was found, and exit.</source>
        <translation>Mit --headless: das Netzwerk prüfen, sagen, was gefunden wurde, und beenden.</translation>
    </message>
    <message>
        <source>The port of --host-relay is a number from 0 to 65535.</source>
        <translation>Der Port von --host-relay ist eine Zahl von 0 bis 65535.</translation>
    </message>
    <message>
        <source>--screenshot needs a window, --headless has none.</source>
        <translation>--screenshot braucht ein Fenster, --headless hat keines.</translation>
    </message>
    <message>
        <source>netcheck needs --headless.</source>
        <translation>netcheck braucht --headless.</translation>
    </message>
    <message>
        <source>--json, --slow and --addresses belong to netcheck.</source>
        <translation>--json, --slow und --addresses gehören zu netcheck.</translation>
    </message>
    <message>
        <source>“%1” is not a foyer:// link.</source>
        <translation>„%1“ ist kein foyer://-Link.</translation>
    </message>
    <message>
        <source>Too many links on one line.</source>
        <translation>Zu viele Links in einer Zeile.</translation>
    </message>
    <message>
        <source>Start in the tray; with the window where there is none.</source>
        <translation>Im Infobereich starten; mit Fenster, wo es keinen gibt.</translation>
    </message>
    <message>
        <source>--hidden needs a window, --headless has none.</source>
        <translation>--hidden braucht ein Fenster, --headless hat keines.</translation>
    </message>
</context>
<context>
    <name>QCommandLineParser</name>
    <message>
        <source>Usage: %1</source>
        <translation>Aufruf: %1</translation>
    </message>
    <message>
        <source>[options]</source>
        <translation>[Optionen]</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>Optionen:</translation>
    </message>
    <message>
        <source>Arguments:</source>
        <translation>Argumente:</translation>
    </message>
    <message>
        <source>Unknown option &apos;%1&apos;.</source>
        <translation>Die Option „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>Unknown options: %1.</source>
        <translation>Diese Optionen gibt es nicht: %1.</translation>
    </message>
    <message>
        <source>Missing value after &apos;%1&apos;.</source>
        <translation>Nach „%1“ fehlt ein Wert.</translation>
    </message>
    <message>
        <source>Unexpected value after &apos;%1&apos;.</source>
        <translation>Nach „%1“ steht ein Wert zu viel.</translation>
    </message>
</context>
<context>
    <name>QrCard</name>
    <message>
        <source>QR code of the link %1</source>
        <translation>QR-Code des Links %1</translation>
    </message>
</context>
<context>
    <name>QualityControl</name>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>Quality: let Foyer choose</source>
        <translation>Qualität: Foyer wählen lassen</translation>
    </message>
    <message>
        <source>Studio</source>
        <translation>Studio</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Klar</translation>
    </message>
    <message>
        <source>Saver</source>
        <translation>Sparsam</translation>
    </message>
    <message>
        <source>Quality: %1</source>
        <translation>Qualität: %1</translation>
    </message>
    <message>
        <source>Use for every call</source>
        <translation>Für jeden Anruf</translation>
    </message>
</context>
<context>
    <name>QualityPopup</name>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
</context>
<context>
    <name>QuitDialog</name>
    <message>
        <source>You are in a call</source>
        <translation>Du bist in einem Gespräch</translation>
    </message>
    <message>
        <source>%1 on this relay</source>
        <translation>%1 auf diesem Relais</translation>
    </message>
    <message>
        <source>If you quit now, the call ends.</source>
        <translation>Wenn du jetzt beendest, endet das Gespräch.</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Bleiben</translation>
    </message>
    <message>
        <source>Quit now</source>
        <translation>Jetzt beenden</translation>
    </message>
    <message>
        <source>%1 on your relay</source>
        <translation>%1 auf deinem Relais</translation>
    </message>
    <message>
        <source>If Foyer restarts now, the call ends.</source>
        <translation>Wenn Foyer jetzt neu startet, endet der Anruf.</translation>
    </message>
    <message>
        <source>Restart now</source>
        <translation>Jetzt neu starten</translation>
    </message>
    <message>
        <source>If Foyer restarts now, your relay is gone for a few seconds. Everybody reconnects to it by themselves; calls through it may end.</source>
        <translation>Wenn Foyer jetzt neu startet, ist dein Relais einige Sekunden weg. Alle verbinden sich von selbst wieder; Gespräche darüber enden vielleicht.</translation>
    </message>
    <message>
        <source>If you quit now, your relay stops, and they can no longer see each other unless they share another relay.</source>
        <translation>Wenn du jetzt beendest, hält dein Relais an, und sie sehen einander nur noch auf einem anderen gemeinsamen Relais.</translation>
    </message>
    <message>
        <source>If you quit now, they are cut off. The relay can also stop once they have ended.</source>
        <translation>Wenn du jetzt beendest, brechen sie ab. Das Relais kann auch erst nach ihrem Ende anhalten.</translation>
    </message>
    <message>
        <source>Stop the relay when the calls end</source>
        <translation>Relais anhalten, wenn die Gespräche enden</translation>
    </message>
</context>
<context>
    <name>RecordPopup</name>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Save when the call ends</source>
        <translation>Speichern, wenn es endet</translation>
    </message>
    <message>
        <source>Save packet timing</source>
        <translation>Paketzeiten speichern</translation>
    </message>
    <message>
        <source>When packets came, when the speakers asked for sound, and how each gap was filled: for somebody who looks into a fault. No sound, no name, no address.</source>
        <translation>Wann Pakete kamen, wann die Lautsprecher Ton wollten und wie jede Lücke gefüllt wurde: für jemanden, der einen Fehler sucht. Kein Ton, kein Name, keine Adresse.</translation>
    </message>
    <message>
        <source>The call is still running: the file is written when it ends.</source>
        <translation>Der Anruf läuft noch: Die Datei wird geschrieben, wenn er endet.</translation>
    </message>
    <message>
        <source>Save the file</source>
        <translation>Datei speichern</translation>
    </message>
    <message>
        <source>Choose where to save the record</source>
        <translation>Speicherort der Aufzeichnung auswählen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>RelayCard</name>
    <message>
        <source>Round trip %1</source>
        <translation>Umlaufzeit %1</translation>
    </message>
    <message>
        <source>Prefer %1</source>
        <translation>%1 bevorzugen</translation>
    </message>
    <message>
        <source>Put %1 further down</source>
        <translation>%1 nach hinten stellen</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>Key and more</source>
        <translation>Schlüssel und mehr</translation>
    </message>
    <message>
        <source>Fold %1</source>
        <translation>%1 zuklappen</translation>
    </message>
    <message>
        <source>Key of %1 and what can be done</source>
        <translation>Schlüssel von %1 und was sich tun lässt</translation>
    </message>
    <message>
        <source>Key in the link</source>
        <translation>Schlüssel im Link</translation>
    </message>
    <message>
        <source>Key until now</source>
        <translation>Bisheriger Schlüssel</translation>
    </message>
    <message>
        <source>Key of this relay</source>
        <translation>Schlüssel dieses Relais</translation>
    </message>
    <message>
        <source>Key of %1</source>
        <translation>Schlüssel von %1</translation>
    </message>
    <message>
        <source>Key offered now</source>
        <translation>Gezeigter Schlüssel</translation>
    </message>
    <message>
        <source>Its address: %1</source>
        <translation>Seine Adresse: %1</translation>
    </message>
    <message>
        <source>I compared the key: it matches</source>
        <translation>Ich habe verglichen: Er stimmt</translation>
    </message>
    <message>
        <source>The key is right: use it</source>
        <translation>Der Schlüssel stimmt: benutzen</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Try %1 now</source>
        <translation>%1 jetzt versuchen</translation>
    </message>
    <message>
        <source>Copy the key</source>
        <translation>Schlüssel kopieren</translation>
    </message>
    <message>
        <source>Copy the key of %1</source>
        <translation>Schlüssel von %1 kopieren</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Copy the link of %1</source>
        <translation>Link von %1 kopieren</translation>
    </message>
    <message>
        <source>Its page</source>
        <translation>Seine Seite</translation>
    </message>
    <message>
        <source>The page of the relay on this computer</source>
        <translation>Die Seite des Relais auf diesem Computer</translation>
    </message>
    <message>
        <source>Leave…</source>
        <translation>Verlassen…</translation>
    </message>
    <message>
        <source>Leave %1</source>
        <translation>%1 verlassen</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Bleiben</translation>
    </message>
    <message>
        <source>Leave and forget</source>
        <translation>Verlassen und vergessen</translation>
    </message>
    <message>
        <source>Leave and forget %1</source>
        <translation>%1 verlassen und vergessen</translation>
    </message>
    <message>
        <source>Leave %1?</source>
        <translation>%1 verlassen?</translation>
    </message>
    <message>
        <source>Calls through it end. Its link, its key and your invite are forgotten here; to come back you need the link again.</source>
        <translation>Gespräche darüber enden. Link, Schlüssel und deine Einladung werden hier vergessen; zum Wiederkommen brauchst du den Link noch einmal.</translation>
    </message>
    <message>
        <source>Earlier keys</source>
        <translation>Frühere Schlüssel</translation>
    </message>
</context>
<context>
    <name>RelayInvites</name>
    <message>
        <source>Who may come in</source>
        <translation>Wer hereindarf</translation>
    </message>
    <message>
        <source>Only with an invite</source>
        <translation>Nur mit Einladung</translation>
    </message>
    <message>
        <source>One hour</source>
        <translation>Eine Stunde</translation>
    </message>
    <message>
        <source>New invite for one hour</source>
        <translation>Neue Einladung für eine Stunde</translation>
    </message>
    <message>
        <source>One day</source>
        <translation>Einen Tag</translation>
    </message>
    <message>
        <source>New invite for one day</source>
        <translation>Neue Einladung für einen Tag</translation>
    </message>
    <message>
        <source>Until I take it back</source>
        <translation>Bis ich sie zurücknehme</translation>
    </message>
    <message>
        <source>New invite until I take it back</source>
        <translation>Neue Einladung, bis ich sie zurücknehme</translation>
    </message>
    <message>
        <source>Invite: %1</source>
        <translation>Einladung: %1</translation>
    </message>
    <message>
        <source>Copy invite %1</source>
        <translation>Einladung %1 kopieren</translation>
    </message>
    <message>
        <source>Hide the QR code of invite %1</source>
        <translation>QR-Code der Einladung %1 verbergen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Remove invite %1</source>
        <translation>Einladung %1 entfernen</translation>
    </message>
    <message>
        <source>Take back invite %1</source>
        <translation>Einladung %1 zurücknehmen</translation>
    </message>
    <message>
        <source>Nobody gets in without one. Anyone already in stays until they leave.</source>
        <translation>Ohne Einladung kommt niemand herein. Wer schon da ist, bleibt, bis er geht.</translation>
    </message>
    <message>
        <source>Anyone who has the link or finds this relay on the network gets in.</source>
        <translation>Wer den Link hat oder das Relais im Netzwerk findet, kommt herein.</translation>
    </message>
    <message>
        <source>New invite, valid for</source>
        <translation>Neue Einladung, gültig für</translation>
    </message>
    <message>
        <source>Anyone with an invite can use it until it expires. Whoever has used it can return while this relay runs, even after that. Taking it back removes everyone who came in with it.</source>
        <translation>Eine Einladung gilt für alle, die sie haben, bis sie abläuft. Wer sie benutzt hat, kann auch danach wiederkommen, solange dieses Relais läuft. Nimmst du sie zurück, müssen alle gehen, die mit ihr hereinkamen.</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Hide the QR code</source>
        <translation>QR-Code ausblenden</translation>
    </message>
    <message>
        <source>Show the QR code</source>
        <translation>QR-Code anzeigen</translation>
    </message>
    <message>
        <source>Show the QR code of invite %1</source>
        <translation>QR-Code der Einladung %1 anzeigen</translation>
    </message>
</context>
<context>
    <name>RelayKeyStrip</name>
    <message>
        <source>Key offered now</source>
        <translation>Gezeigter Schlüssel</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>The key is right: use it</source>
        <translation>Der Schlüssel stimmt: benutzen</translation>
    </message>
</context>
<context>
    <name>RelayLog</name>
    <message>
        <source>Last runs</source>
        <translation>Letzte Läufe</translation>
    </message>
    <message>
        <source>The last 20, kept only on this computer.</source>
        <translation>Die letzten 20, nur auf diesem Computer.</translation>
    </message>
</context>
<context>
    <name>RelayOptions</name>
    <message>
        <source>How it runs</source>
        <translation>Betrieb</translation>
    </message>
    <message>
        <source>Start with Foyer</source>
        <translation>Mit Foyer starten</translation>
    </message>
    <message>
        <source>Announce it on this network</source>
        <translation>In diesem Netzwerk bekannt machen</translation>
    </message>
    <message>
        <source>UDP port</source>
        <translation>UDP-Port</translation>
    </message>
    <message>
        <source>UDP port of the relay</source>
        <translation>UDP-Port des Relais</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>Use this port</source>
        <translation>Diesen Port benutzen</translation>
    </message>
    <message>
        <source>The relay starts and stops with Foyer.</source>
        <translation>Das Relais startet und endet mit Foyer.</translation>
    </message>
    <message>
        <source>Others on this network find it by themselves, under your name. Takes effect at the next start.</source>
        <translation>Andere in diesem Netzwerk finden es von selbst, unter deinem Namen. Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>The first start picks a free one and keeps it, because links contain it.</source>
        <translation>Der erste Start wählt einen freien und behält ihn, weil er in Links steht.</translation>
    </message>
    <message>
        <source>Links you have shared contain it. With another port people need a new link.</source>
        <translation>Er steht in Links, die du geteilt hast. Mit einem anderen Port brauchen alle einen neuen Link.</translation>
    </message>
    <message>
        <source>Links you have shared contain it. To change it, stop the relay first.</source>
        <translation>Er steht in Links, die du geteilt hast. Zum Ändern halte erst das Relais an.</translation>
    </message>
    <message>
        <source>Most people at once</source>
        <translation>Höchstens so viele Leute</translation>
    </message>
    <message>
        <source>Including you. Anyone beyond that is told the relay is full.</source>
        <translation>Dich eingeschlossen. Wer darüber hinaus kommt, erfährt, dass das Relais voll ist.</translation>
    </message>
    <message>
        <source>Data limit per person</source>
        <translation>Datengrenze pro Person</translation>
    </message>
    <message>
        <source>What each person sends through this relay, headers included. Anything above is dropped, and calls then send less.</source>
        <translation>Was jede Person durch dieses Relais sendet, samt Kopfdaten. Was darüber ist, wird verworfen, und Gespräche senden dann weniger.</translation>
    </message>
</context>
<context>
    <name>RelayPicture</name>
    <message>
        <source>The door did not open</source>
        <translation>Die Tür ging nicht auf</translation>
    </message>
    <message>
        <source>The door is open</source>
        <translation>Die Tür ist offen</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>Wird vorbereitet</translation>
    </message>
    <message>
        <source>The door is closed</source>
        <translation>Die Tür ist zu</translation>
    </message>
    <message>
        <source>Nobody was connected, and no call was lost.</source>
        <translation>Niemand war verbunden, und kein Anruf ging verloren.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Nobody can use it now.</source>
        <translation>Jetzt kann es niemand benutzen.</translation>
    </message>
    <message>
        <source>The door is closing</source>
        <translation>Die Tür schließt sich</translation>
    </message>
    <message>
        <source>Others see it within two seconds.</source>
        <translation>Andere sehen es innerhalb von zwei Sekunden.</translation>
    </message>
    <message>
        <source>Nobody new can come in.</source>
        <translation>Niemand kommt mehr neu herein.</translation>
    </message>
    <message>
        <source>Open to this computer only</source>
        <translation>Nur für diesen Computer offen</translation>
    </message>
</context>
<context>
    <name>RelayScreen</name>
    <message>
        <source>Relay on this computer</source>
        <translation>Relais auf diesem Computer</translation>
    </message>
    <message>
        <source>The relay sees who talks to whom and when, never what is said.</source>
        <translation>Das Relais sieht, wer wann mit wem spricht, aber nie, was gesagt wird.</translation>
    </message>
    <message>
        <source>%1 on this relay</source>
        <translation>%1 auf diesem Relais</translation>
    </message>
    <message>
        <source>Stop now, calls drop</source>
        <translation>Jetzt anhalten und trennen</translation>
    </message>
    <message>
        <source>Stop now</source>
        <translation>Jetzt anhalten</translation>
    </message>
    <message>
        <source>Connected now</source>
        <translation>Jetzt verbunden</translation>
    </message>
    <message>
        <source>Stop when the calls end</source>
        <translation>Anhalten, wenn die Gespräche enden</translation>
    </message>
    <message>
        <source>Join it</source>
        <translation>Beitreten</translation>
    </message>
</context>
<context>
    <name>RelaySide</name>
    <message>
        <source>What you can do</source>
        <translation>Was du tun kannst</translation>
    </message>
    <message>
        <source>Use another port</source>
        <translation>Anderen Port benutzen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>The link of this relay</source>
        <translation>Der Link dieses Relais</translation>
    </message>
    <message>
        <source>Link: %1</source>
        <translation>Link: %1</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Hide the QR code</source>
        <translation>QR-Code verbergen</translation>
    </message>
    <message>
        <source>Others find this relay</source>
        <translation>Andere finden dieses Relais</translation>
    </message>
    <message>
        <source>On this network, by themselves</source>
        <translation>In diesem Netzwerk von selbst</translation>
    </message>
    <message>
        <source>Not by themselves: announcing is switched off</source>
        <translation>Nicht von selbst: Das Bekanntmachen ist ausgeschaltet</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>One computer on a network runs a relay, and everybody there sees everybody. It needs no server and no account.</source>
        <translation>Ein Computer in einem Netzwerk betreibt ein Relais, und dort sehen alle einander. Es braucht keinen Server und kein Konto.</translation>
    </message>
    <message>
        <source>Start the relay</source>
        <translation>Relais starten</translation>
    </message>
    <message>
        <source>Links you have shared contain port %1. With another port they stop working, and people elsewhere need the new link.</source>
        <translation>In Links, die du geteilt hast, steht Port %1. Mit einem anderen Port gehen sie nicht mehr, und Leute anderswo brauchen den neuen Link.</translation>
    </message>
    <message>
        <source>Show the QR code</source>
        <translation>QR-Code anzeigen</translation>
    </message>
    <message>
        <source>People need an invite; make one below.</source>
        <translation>Man braucht eine Einladung; erstelle unten eine.</translation>
    </message>
    <message>
        <source>They see it on this network, but need an invite</source>
        <translation>In diesem Netzwerk sehen sie es, brauchen aber eine Einladung</translation>
    </message>
    <message>
        <source>Not by themselves: it was started without announcing, or Avahi is not running here</source>
        <translation>Nicht von selbst: Es wurde ohne Bekanntgabe gestartet, oder Avahi läuft hier nicht</translation>
    </message>
    <message>
        <source>Anywhere else by an invite, if they can reach this computer</source>
        <translation>Von anderswo mit einer Einladung, wenn dieser Computer erreichbar ist</translation>
    </message>
    <message>
        <source>Anywhere else by the link, if they can reach this computer</source>
        <translation>Von anderswo über den Link, wenn dieser Computer erreichbar ist</translation>
    </message>
    <message>
        <source>Running calls continue. When the last one ends, the relay stops; until then nobody new can come in.</source>
        <translation>Laufende Gespräche gehen weiter. Mit dem letzten endet das Relais; bis dahin kommt niemand neu herein.</translation>
    </message>
    <message>
        <source>Everybody who is connected is being told.</source>
        <translation>Alle Verbundenen bekommen Bescheid.</translation>
    </message>
    <message>
        <source>This takes about a second. At the end this computer joins the relay itself to check that it answers.</source>
        <translation>Das dauert etwa eine Sekunde. Am Ende tritt dieser Computer selbst dem Relais bei, um zu prüfen, ob es antwortet.</translation>
    </message>
    <message>
        <source>The link, for this computer only</source>
        <translation>Der Link, nur für diesen Computer</translation>
    </message>
</context>
<context>
    <name>RelaysScreen</name>
    <message>
        <source>Relay on this computer</source>
        <translation>Eigenes Relais</translation>
    </message>
    <message>
        <source>Relays</source>
        <translation>Relais</translation>
    </message>
    <message>
        <source>Join by link</source>
        <translation>Per Link beitreten</translation>
    </message>
    <message>
        <source>Relays that you joined</source>
        <translation>Relais, denen du beigetreten bist</translation>
    </message>
    <message>
        <source>Found on this network</source>
        <translation>In diesem Netzwerk gefunden</translation>
    </message>
    <message>
        <source>Found relay %1</source>
        <translation>Gefundenes Relais %1</translation>
    </message>
    <message>
        <source>Key: %1</source>
        <translation>Schlüssel: %1</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>Join the relay %1</source>
        <translation>Dem Relais %1 beitreten</translation>
    </message>
    <message>
        <source>Foyer joins the lobby of this relay whenever it can be reached.</source>
        <translation>Foyer ist in der Lobby dieses Relais, sobald es erreichbar ist.</translation>
    </message>
    <message>
        <source>Foyer joins the lobbies of all of these whenever they can be reached. A call uses the first one in this list that reaches the person.</source>
        <translation>Foyer ist in den Lobbys all dieser Relais, sobald sie erreichbar sind. Ein Anruf nimmt das erste dieser Liste, das die Person erreicht.</translation>
    </message>
    <message>
        <source>You are not on a relay. Join one by the link that its owner sends you, or run one on this computer.</source>
        <translation>Du bist auf keinem Relais. Tritt einem bei, dessen Link du bekommen hast, oder betreibe eines auf diesem Computer.</translation>
    </message>
    <message>
        <source>Run a relay here</source>
        <translation>Hier ein Relais betreiben</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>not known yet</source>
        <translation>noch nicht bekannt</translation>
    </message>
    <message>
        <source>%1, chosen by you</source>
        <translation>%1, von dir gewählt</translation>
    </message>
    <message>
        <source>%1, chosen by Foyer</source>
        <translation>%1, von Foyer gewählt</translation>
    </message>
    <message>
        <source>%1 kbit/s</source>
        <translation>%1 kbit/s</translation>
    </message>
    <message>
        <source>changes: %1</source>
        <translation>Wechsel: %1</translation>
    </message>
    <message>
        <source>packets of %1 ms</source>
        <translation>Pakete zu %1 ms</translation>
    </message>
    <message numerus="yes">
        <source>copies %1, %n packets apart</source>
        <translation>
            <numerusform>Kopien %1, im Abstand von %n Paket</numerusform>
            <numerusform>Kopien %1, im Abstand von %n Paketen</numerusform>
        </translation>
    </message>
    <message>
        <source>spare frames</source>
        <translation>Reserve-Frames</translation>
    </message>
    <message>
        <source>%1 ms of deep redundancy</source>
        <translation>%1 ms tiefe Redundanz</translation>
    </message>
    <message>
        <source>none needed</source>
        <translation>nichts nötig</translation>
    </message>
    <message>
        <source>%1 ms: microphone %2, packet %3, codec %4, network %5, buffer %6, loudspeaker %7</source>
        <translation>%1 ms: Mikrofon %2, Paket %3, Codec %4, Netzwerk %5, Puffer %6, Lautsprecher %7</translation>
    </message>
    <message>
        <source>restarted: %1</source>
        <translation>neu gestartet: %1</translation>
    </message>
    <message>
        <source>%1 ms in, %2 ms out</source>
        <translation>%1 ms hinein, %2 ms hinaus</translation>
    </message>
    <message>
        <source>You send</source>
        <translation>Du sendest</translation>
    </message>
    <message>
        <source>You hear</source>
        <translation>Du hörst</translation>
    </message>
    <message>
        <source>Sent against loss</source>
        <translation>Gegen Verlust gesendet</translation>
    </message>
    <message>
        <source>Made up for</source>
        <translation>Ausgeglichen</translation>
    </message>
    <message>
        <source>Not made up for</source>
        <translation>Nicht ausgeglichen</translation>
    </message>
    <message>
        <source>Jitter and buffer</source>
        <translation>Jitter und Puffer</translation>
    </message>
    <message>
        <source>Time stretched</source>
        <translation>Zeit gedehnt</translation>
    </message>
    <message>
        <source>From mouth to ear</source>
        <translation>Vom Mund zum Ohr</translation>
    </message>
    <message>
        <source>Sound devices</source>
        <translation>Audiogeräte</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>queue %1 ms</source>
        <translation>Stau %1 ms</translation>
    </message>
    <message>
        <source>carries about %1 kbit/s</source>
        <translation>trägt etwa %1 kbit/s</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>bursts of %1</source>
        <translation>am Stück %1</translation>
    </message>
    <message>
        <source>%1 % too late</source>
        <translation>%1 % zu spät</translation>
    </message>
    <message>
        <source>copies %1</source>
        <translation>Kopien %1</translation>
    </message>
    <message>
        <source>spare frames %1</source>
        <translation>Reserve-Frames %1</translation>
    </message>
    <message>
        <source>deep redundancy %1</source>
        <translation>tiefe Redundanz %1</translation>
    </message>
    <message>
        <source>lost %1</source>
        <translation>verloren %1</translation>
    </message>
    <message>
        <source>late %1</source>
        <translation>zu spät %1</translation>
    </message>
    <message>
        <source>jitter %1 ms</source>
        <translation>Jitter %1 ms</translation>
    </message>
    <message>
        <source>buffer %1 of %2 ms</source>
        <translation>Puffer %1 von %2 ms</translation>
    </message>
    <message>
        <source>faster %1 times</source>
        <translation>schneller %1-mal</translation>
    </message>
    <message>
        <source>slower %1 times</source>
        <translation>langsamer %1-mal</translation>
    </message>
    <message>
        <source>ran empty: %1</source>
        <translation>leergelaufen: %1</translation>
    </message>
    <message>
        <source>Lost, incoming</source>
        <translation>Verlust ankommend</translation>
    </message>
    <message>
        <source>Lost, outgoing</source>
        <translation>Verlust abgehend</translation>
    </message>
    <message>
        <source>Your connection</source>
        <translation>Deine Verbindung</translation>
    </message>
    <message>
        <source>filled in %1 ms</source>
        <translation>ergänzt %1 ms</translation>
    </message>
    <message>
        <source>%1 ms asked</source>
        <translation>%1 ms verlangt</translation>
    </message>
    <message>
        <source>%1 ms asked, %2 given</source>
        <translation>%1 ms verlangt, %2 erhalten</translation>
    </message>
    <message>
        <source>in: %1</source>
        <translation>Eingang: %1</translation>
    </message>
    <message>
        <source>out: %1</source>
        <translation>Ausgang: %1</translation>
    </message>
    <message>
        <source>no sound device is open</source>
        <translation>kein Audiogerät ist offen</translation>
    </message>
    <message>
        <source>none: a file, or silence</source>
        <translation>keines: eine Datei oder Stille</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Sound buffers</source>
        <translation>Audiopuffer</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>Their key</source>
        <translation>Schlüssel der anderen Seite</translation>
    </message>
</context>
<context>
    <name>ReportPopup</name>
    <message>
        <source>Save a report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>The figures of the last minute, for somebody who helps you. It has no names, addresses, devices or keys, and no sound.</source>
        <translation>Die Werte der letzten Minute, für jemanden, der dir hilft. Darin steht kein Name, keine Adresse, kein Gerät, kein Schlüssel und kein Ton.</translation>
    </message>
    <message>
        <source>Choose where to save the report</source>
        <translation>Speicherort des Berichts auswählen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>What will be saved, line by line; arrow keys scroll</source>
        <translation>Was gespeichert wird, Zeile für Zeile; Pfeiltasten blättern</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Restore an earlier identity</source>
        <translation>Frühere Identität wiederherstellen</translation>
    </message>
</context>
<context>
    <name>RestoreForm</name>
    <message>
        <source>Welcome back</source>
        <translation>Willkommen zurück</translation>
    </message>
    <message>
        <source>Where your key comes from</source>
        <translation>Woher dein Schlüssel kommt</translation>
    </message>
    <message>
        <source>24 words</source>
        <translation>24 Wörter</translation>
    </message>
    <message>
        <source>Backup file</source>
        <translation>Sicherungsdatei</translation>
    </message>
    <message>
        <source>Your 24 words</source>
        <translation>Deine 24 Wörter</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet…</translation>
    </message>
    <message>
        <source>Bring back my identity</source>
        <translation>Meine Identität zurückholen</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Choose the backup file</source>
        <translation>Sicherungsdatei auswählen</translation>
    </message>
    <message>
        <source>Your key makes you the same person again to everybody who knows you. It does not contain contacts or settings.</source>
        <translation>Mit deinem Schlüssel bist du für alle, die dich kennen, wieder dieselbe Person. Kontakte und Einstellungen enthält er nicht.</translation>
    </message>
    <message>
        <source>In the order in which you wrote them down, separated by spaces.</source>
        <translation>In der Reihenfolge deiner Notiz, durch Leerzeichen getrennt.</translation>
    </message>
    <message>
        <source>If this is a different key from the one used here before, people who know you by that one will see you as a new person. The old profile is kept.</source>
        <translation>Wenn das ein anderer Schlüssel ist als der bisherige, bist du für alle, die dich unter dem bisherigen kennen, eine neue Person. Das alte Profil bleibt erhalten.</translation>
    </message>
    <message>
        <source>This profile already has another identity. It is kept beside the new one, but people who know you by it can no longer reach you.</source>
        <translation>Dieses Profil hat schon eine andere Identität. Sie bleibt neben der neuen erhalten, aber wer dich unter ihr kennt, erreicht dich nicht mehr.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Use this key</source>
        <translation>Diesen Schlüssel benutzen</translation>
    </message>
</context>
<context>
    <name>RingNames</name>
    <message>
        <source>Chimes</source>
        <translation>Glocken</translation>
    </message>
    <message>
        <source>Knocking</source>
        <translation>Klopfen</translation>
    </message>
    <message>
        <source>Trill</source>
        <translation>Triller</translation>
    </message>
    <message>
        <source>Falling bells</source>
        <translation>Fallende Glocken</translation>
    </message>
</context>
<context>
    <name>SettingLine</name>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset: %1</source>
        <translation>Zurücksetzen: %1</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Anhören</translation>
    </message>
    <message>
        <source>Restart now</source>
        <translation>Jetzt neu starten</translation>
    </message>
    <message>
        <source>Play the ringtone</source>
        <translation>Klingelton anhören</translation>
    </message>
</context>
<context>
    <name>SettingPiece</name>
    <message>
        <source>No microphone</source>
        <translation>Kein Mikrofon</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>Microphone level</source>
        <translation>Mikrofonpegel</translation>
    </message>
    <message>
        <source>No speakers</source>
        <translation>Keine Lautsprecher</translation>
    </message>
    <message>
        <source>Test sound</source>
        <translation>Testton</translation>
    </message>
    <message>
        <source>Stop hearing yourself</source>
        <translation>Eigene Stimme aus</translation>
    </message>
    <message>
        <source>Hear yourself</source>
        <translation>Eigene Stimme hören</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>While I speak</source>
        <translation>Während ich spreche</translation>
    </message>
    <message>
        <source>While I hold T</source>
        <translation>Während ich T halte</translation>
    </message>
    <message>
        <source>Your key: %1</source>
        <translation>Dein Schlüssel: %1</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>Sichern…</translation>
    </message>
    <message>
        <source>Back up your identity</source>
        <translation>Identität sichern</translation>
    </message>
    <message>
        <source>How loud calls ring</source>
        <translation>Wie laut Anrufe klingeln</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Copy the link of your code</source>
        <translation>Den Link deines Codes kopieren</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Anhören</translation>
    </message>
    <message>
        <source>Play the ringtone</source>
        <translation>Klingelton anhören</translation>
    </message>
    <message>
        <source>Key for all windows</source>
        <translation>Taste für alle Fenster</translation>
    </message>
    <message>
        <source>Include the relay</source>
        <translation>Relais mitgeben</translation>
    </message>
    <message>
        <source>%1. Anyone with the code learns its address.</source>
        <translation>%1. Wer den Code hat, erfährt die Adresse.</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Wiederherstellen …</translation>
    </message>
    <message>
        <source>Restore an earlier identity</source>
        <translation>Frühere Identität wiederherstellen</translation>
    </message>
    <message>
        <source>See what was found</source>
        <translation>Ergebnis ansehen</translation>
    </message>
    <message>
        <source>Check the network</source>
        <translation>Netzwerk prüfen</translation>
    </message>
</context>
<context>
    <name>SettingRows</name>
    <message>
        <source>Quality of new calls</source>
        <translation>Qualität neuer Anrufe</translation>
    </message>
    <message>
        <source>bit rate codec Opus Codec2 data</source>
        <translation>Bitrate Codec Opus Codec2 Daten Datenrate</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Dein Name</translation>
    </message>
    <message>
        <source>Your key</source>
        <translation>Dein Schlüssel</translation>
    </message>
    <message>
        <source>fingerprint identity</source>
        <translation>Fingerabdruck Identität Fingerprint</translation>
    </message>
    <message>
        <source>Backup of your identity</source>
        <translation>Sicherung deiner Identität</translation>
    </message>
    <message>
        <source>export words seed recovery</source>
        <translation>Export Wörter Seed Wiederherstellung Backup</translation>
    </message>
    <message>
        <source>import restore words recovery</source>
        <translation>Import wiederherstellen Wörter Backup Restore</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Speak to test it. Nothing is sent.</source>
        <translation>Sprich, um es zu testen. Es wird nichts gesendet.</translation>
    </message>
    <message>
        <source>input device level meter</source>
        <translation>Eingabe Gerät Pegel Aufnahme</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>output device headphones test sound</source>
        <translation>Ausgabe Gerät Kopfhörer Testton Headset</translation>
    </message>
    <message>
        <source>Hear yourself</source>
        <translation>Eigene Stimme hören</translation>
    </message>
    <message>
        <source>loopback echo test</source>
        <translation>Echo Test Loopback Probe</translation>
    </message>
    <message>
        <source>push to talk voice activation mode</source>
        <translation>Push-to-Talk Sprechtaste Sprachaktivierung Modus</translation>
    </message>
    <message>
        <source>Echo cancelling</source>
        <translation>Echo-Unterdrückung</translation>
    </message>
    <message>
        <source>Needed with loudspeakers, harmless with headphones.</source>
        <translation>Nötig mit Lautsprechern, unschädlich mit Kopfhörern.</translation>
    </message>
    <message>
        <source>Noise reduction</source>
        <translation>Rauschunterdrückung</translation>
    </message>
    <message>
        <source>Even out my level</source>
        <translation>Meinen Pegel ausgleichen</translation>
    </message>
    <message>
        <source>gain volume</source>
        <translation>Verstärkung Lautstärke</translation>
    </message>
    <message>
        <source>Even out theirs</source>
        <translation>Pegel anderer ausgleichen</translation>
    </message>
    <message>
        <source>gain volume loudness</source>
        <translation>Verstärkung Lautstärke Lautheit</translation>
    </message>
    <message>
        <source>Shortest delay</source>
        <translation>Kürzeste Verzögerung</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Nicht stören</translation>
    </message>
    <message>
        <source>data saver metered mobile</source>
        <translation>Daten sparen getaktet mobil Volumentarif</translation>
    </message>
    <message>
        <source>Ask the desktop</source>
        <translation>Den Desktop fragen</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>diagnostics replay tester</source>
        <translation>Diagnose Replay Tester</translation>
    </message>
    <message>
        <source>Direct calls</source>
        <translation>Direkte Anrufe</translation>
    </message>
    <message>
        <source>peer to peer address IP</source>
        <translation>Peer-to-Peer Adresse IP</translation>
    </message>
    <message>
        <source>Remember calls</source>
        <translation>Anrufe merken</translation>
    </message>
    <message>
        <source>history log</source>
        <translation>Anrufliste Protokoll Historie</translation>
    </message>
    <message>
        <source>Send nothing in pauses</source>
        <translation>In Pausen nichts senden</translation>
    </message>
    <message>
        <source>data saver DTX</source>
        <translation>Daten sparen DTX</translation>
    </message>
    <message>
        <source>Ask the router for a port</source>
        <translation>Den Router um einen Port bitten</translation>
    </message>
    <message>
        <source>Try many ports against strict routers</source>
        <translation>Gegen strenge Router viele Ports versuchen</translation>
    </message>
    <message>
        <source>symmetric NAT</source>
        <translation>symmetrisches NAT</translation>
    </message>
    <message>
        <source>Use TURN servers that relays lend</source>
        <translation>TURN-Server benutzen, die Relais verleihen</translation>
    </message>
    <message>
        <source>TURN servers</source>
        <translation>TURN-Server</translation>
    </message>
    <message>
        <source>relay server</source>
        <translation>Relay Server Relais</translation>
    </message>
    <message>
        <source>STUN servers</source>
        <translation>STUN-Server</translation>
    </message>
    <message>
        <source>observer address NAT</source>
        <translation>Beobachter Adresse NAT</translation>
    </message>
    <message>
        <source>Announce my relay on this network</source>
        <translation>Mein Relais in diesem Netzwerk bekannt machen</translation>
    </message>
    <message>
        <source>mDNS discovery LAN</source>
        <translation>mDNS Bekanntmachung LAN</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>translation</source>
        <translation>Übersetzung Translation</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>dark light theme appearance</source>
        <translation>dunkel hell Thema Aussehen Dark Mode</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Reduced: nothing slides or fades, and the arches stand still.</source>
        <translation>Reduziert: Nichts gleitet oder blendet über, und die Bögen stehen still.</translation>
    </message>
    <message>
        <source>animation reduced</source>
        <translation>Animation reduziert</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>Reduced</source>
        <translation>Reduziert</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Join the relay of this network</source>
        <translation>Dem Relais dieses Netzwerks beitreten</translation>
    </message>
    <message>
        <source>mDNS discovery LAN automatic</source>
        <translation>mDNS Suche LAN automatisch</translation>
    </message>
    <message>
        <source>Start my relay with Foyer</source>
        <translation>Mein Relais mit Foyer starten</translation>
    </message>
    <message>
        <source>host autostart</source>
        <translation>betreiben Autostart</translation>
    </message>
    <message>
        <source>UDP port of my relay</source>
        <translation>UDP-Port meines Relais</translation>
    </message>
    <message>
        <source>host firewall forwarding</source>
        <translation>betreiben Firewall Weiterleitung</translation>
    </message>
    <message>
        <source>My relay lets people in by invite only</source>
        <translation>Mein Relais nur mit Einladung</translation>
    </message>
    <message>
        <source>host access token</source>
        <translation>betreiben Zugang Token</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>Metriken</translation>
    </message>
    <message>
        <source>prometheus monitoring statistics</source>
        <translation>Prometheus Überwachung Statistik Monitoring</translation>
    </message>
    <message>
        <source>Where calls ring</source>
        <translation>Wo Anrufe klingeln</translation>
    </message>
    <message>
        <source>ring tone device volume bell</source>
        <translation>Klingelton Gerät Lautstärke Klingel</translation>
    </message>
    <message>
        <source>push to talk global shortcut key hotkey</source>
        <translation>Push-to-Talk Sprechtaste global Tastenkürzel Hotkey</translation>
    </message>
    <message>
        <source>Invisible</source>
        <translation>Unsichtbar</translation>
    </message>
    <message>
        <source>idle absent state</source>
        <translation>untätig abwesend Zustand</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>5 minutes</source>
        <translation>5 Minuten</translation>
    </message>
    <message>
        <source>15 minutes</source>
        <translation>15 Minuten</translation>
    </message>
    <message>
        <source>30 minutes</source>
        <translation>30 Minuten</translation>
    </message>
    <message>
        <source>icon notification area background</source>
        <translation>Symbol Benachrichtigungsbereich Tray Hintergrund</translation>
    </message>
    <message>
        <source>Closing the window</source>
        <translation>Beim Schließen des Fensters</translation>
    </message>
    <message>
        <source>quit background tray</source>
        <translation>beenden Hintergrund Tray</translation>
    </message>
    <message>
        <source>Asks</source>
        <translation>Fragt</translation>
    </message>
    <message>
        <source>Keeps Foyer running</source>
        <translation>Foyer läuft weiter</translation>
    </message>
    <message>
        <source>Quits</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>autostart login boot</source>
        <translation>Autostart Anmeldung Login</translation>
    </message>
    <message>
        <source>Order of the lobby</source>
        <translation>Reihenfolge der Lobby</translation>
    </message>
    <message>
        <source>sort people list</source>
        <translation>sortieren Personen Liste</translation>
    </message>
    <message>
        <source>Who can answer first</source>
        <translation>Erreichbare zuerst</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>Latest call first</source>
        <translation>Letzter Anruf zuerst</translation>
    </message>
    <message>
        <source>Group people by relay</source>
        <translation>Personen nach Relais gruppieren</translation>
    </message>
    <message>
        <source>sort lobby</source>
        <translation>sortieren Lobby</translation>
    </message>
    <message>
        <source>scale zoom large font percent</source>
        <translation>Skalierung Zoom groß Schrift Prozent</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>125 %</source>
        <translation>125 %</translation>
    </message>
    <message>
        <source>150 %</source>
        <translation>150 %</translation>
    </message>
    <message>
        <source>175 %</source>
        <translation>175 %</translation>
    </message>
    <message>
        <source>200 %</source>
        <translation>200 %</translation>
    </message>
    <message>
        <source>Your code</source>
        <translation>Dein Code</translation>
    </message>
    <message>
        <source>QR link share</source>
        <translation>QR Link teilen</translation>
    </message>
    <message>
        <source>ring tone bell sound</source>
        <translation>Klingelton Glocke Ton</translation>
    </message>
    <message>
        <source>Auto follows the network. Any other choice stays as you set it.</source>
        <translation>Auto richtet sich nach dem Netzwerk. Alles andere bleibt, wie du es einstellst.</translation>
    </message>
    <message>
        <source>Others see it in their lobby.</source>
        <translation>Andere sehen ihn in ihrer Lobby.</translation>
    </message>
    <message>
        <source>Others can compare it with the key that their Foyer shows for you. It is not a secret.</source>
        <translation>Andere können ihn mit dem vergleichen, den ihr Foyer für dich zeigt. Er ist nicht geheim.</translation>
    </message>
    <message>
        <source>24 words on paper, or an encrypted file: either makes you the same person again if this computer is lost.</source>
        <translation>24 Wörter auf Papier oder eine verschlüsselte Datei: Beides macht dich wieder zur selben Person, wenn dieser Computer verloren geht.</translation>
    </message>
    <message>
        <source>Restore an earlier identity</source>
        <translation>Frühere Identität wiederherstellen</translation>
    </message>
    <message>
        <source>Takes an identity from its 24 words or its file. It replaces the one in use.</source>
        <translation>Nimmt eine Identität aus ihren 24 Wörtern oder ihrer Datei. Sie ersetzt die jetzige.</translation>
    </message>
    <message>
        <source>For someone next to you: if they scan it from your screen, they know the key is yours. It is not a secret.</source>
        <translation>Für jemanden neben dir: Wer ihn von deinem Bildschirm scannt, weiß, dass der Schlüssel deiner ist. Er ist nicht geheim.</translation>
    </message>
    <message>
        <source>Calls can stay in your headset while loudspeakers ring across the room.</source>
        <translation>Gespräche können im Headset bleiben, während es über Lautsprecher im ganzen Raum klingelt.</translation>
    </message>
    <message>
        <source>Plays your voice back after a moment, as others would hear it. Nothing is sent.</source>
        <translation>Spielt dir deine Stimme kurz danach so vor, wie andere sie hören würden. Nichts wird gesendet.</translation>
    </message>
    <message>
        <source>When others hear you</source>
        <translation>Wann man dich hört</translation>
    </message>
    <message>
        <source>Push to talk in other windows</source>
        <translation>Sprechtaste in anderen Fenstern</translation>
    </message>
    <message>
        <source>Removes fan noise and hum.</source>
        <translation>Entfernt Lüftergeräusche und Brummen.</translation>
    </message>
    <message>
        <source>Others hear you equally well, however loudly you speak.</source>
        <translation>Andere hören dich gleich gut, egal wie laut du sprichst.</translation>
    </message>
    <message>
        <source>You hear everybody at about the same loudness.</source>
        <translation>Du hörst alle etwa gleich laut.</translation>
    </message>
    <message>
        <source>Sends every 10 ms: others hear you 10 ms sooner, for about 30 kbit/s more.</source>
        <translation>Sendet alle 10 ms: Andere hören dich 10 ms früher, für etwa 30 kbit/s mehr.</translation>
    </message>
    <message>
        <source>Ringtone</source>
        <translation>Klingelton</translation>
    </message>
    <message>
        <source>You can choose another one for a contact on their page.</source>
        <translation>Auf der Seite eines Kontakts kannst du einen anderen wählen.</translation>
    </message>
    <message>
        <source>Others see it. Calls that still come in do not ring; you find them in History as missed.</source>
        <translation>Andere sehen es. Kommt trotzdem ein Anruf, klingelt es nicht; du findest ihn im Verlauf als verpasst.</translation>
    </message>
    <message>
        <source>Nobody sees you in the lobby, so nobody can call you; you can call others. If you are in a call, it starts when the call ends. The relay still knows that you are connected.</source>
        <translation>Niemand sieht dich in der Lobby, darum kann dich niemand anrufen; du kannst andere anrufen. Bist du im Gespräch, beginnt es erst nach dessen Ende. Das Relais weiß weiterhin, dass du verbunden bist.</translation>
    </message>
    <message>
        <source>Set me to away automatically</source>
        <translation>Automatisch auf abwesend stellen</translation>
    </message>
    <message>
        <source>After this long without keyboard or mouse (in Foyer’s window only, if the desktop does not report it).</source>
        <translation>Nach so langer Zeit ohne Tastatur und Maus. Meldet der Desktop das nicht, zählt nur Foyers Fenster.</translation>
    </message>
    <message>
        <source>Metered connection</source>
        <translation>Getaktete Verbindung</translation>
    </message>
    <message>
        <source>Calls on it start with less data. By default Foyer asks the desktop.</source>
        <translation>Gespräche beginnen darin mit weniger Daten. Normalerweise fragt Foyer den Desktop.</translation>
    </message>
    <message>
        <source>Keep packet timing of calls</source>
        <translation>Paketzeiten von Anrufen festhalten</translation>
    </message>
    <message>
        <source>For finding faults: when packets arrived and how they were played, but no sound. The latest record stays in memory until Foyer quits, unless you save it.</source>
        <translation>Für die Fehlersuche: wann Pakete ankamen und wie sie abgespielt wurden, aber kein Ton. Die neueste Aufzeichnung bleibt im Speicher, bis Foyer beendet wird, wenn du sie nicht sicherst.</translation>
    </message>
    <message>
        <source>Sound takes the shortest way, and a call continues even if its relay stops. The other side then learns this computer’s addresses. A call that either of you keeps private stays on the relay.</source>
        <translation>Der Ton nimmt den kürzesten Weg, und ein Gespräch geht weiter, auch wenn sein Relais anhält. Die andere Seite erfährt dann die Adressen dieses Computers. Hält einer von euch ein Gespräch privat, bleibt es auf dem Relais.</translation>
    </message>
    <message>
        <source>Who, when, how long and how it sounded, kept only on this computer. When off, only missed calls are listed, until Foyer quits.</source>
        <translation>Mit wem, wann, wie lange und wie es klang, nur auf diesem Computer. Ausgeschaltet stehen nur verpasste Anrufe da, bis Foyer beendet wird.</translation>
    </message>
    <message>
        <source>Saves most of the data while you are silent; others then hear a soft background. Anyone watching the network can tell when you speak; when this is off, they cannot.</source>
        <translation>Spart die meisten Daten, während du schweigst; andere hören dann ein leises Rauschen. Wer das Netzwerk beobachtet, erkennt daran, wann du sprichst; ausgeschaltet nicht.</translation>
    </message>
    <message>
        <source>By PCP, NAT-PMP or UPnP, for as long as Foyer runs. Calls then get through nearly any router on the other side.</source>
        <translation>Über PCP, NAT-PMP oder UPnP, solange Foyer läuft. Gespräche kommen dann durch fast jeden Router der anderen Seite.</translation>
    </message>
    <message>
        <source>Some routers use a different port for each person you talk to. With such a router, a call spends its first seconds trying up to a thousand ports, which may look like an attack to the router. When this is off, such calls stay on the relay.</source>
        <translation>Manche Router nutzen für jede Person einen anderen Port. Ein Gespräch probiert dann in den ersten Sekunden bis zu tausend Ports durch, was ein Router für einen Angriff halten kann. Ausgeschaltet bleiben solche Gespräche auf dem Relais.</translation>
    </message>
    <message>
        <source>Whoever runs a relay can lend a server to everybody on it, for a limited time.</source>
        <translation>Wer ein Relais betreibt, kann allen darauf für begrenzte Zeit einen Server leihen.</translation>
    </message>
    <message>
        <source>A server of your own that passes calls on when there is no shorter way. It learns the addresses of both sides and when they talk, never what is said.</source>
        <translation>Ein eigener Server, der Gespräche weitergibt, wenn es keinen kürzeren Weg gibt. Er erfährt die Adressen beider Seiten und wann sie sprechen, aber nie, was gesagt wird.</translation>
    </message>
    <message>
        <source>They tell how this computer looks from outside, and learn its address, but nothing about your calls. Relays tell this too, so most people need none.</source>
        <translation>Sie sagen, wie dieser Computer von außen aussieht, und erfahren seine Adresse, aber nichts über deine Anrufe. Relais sagen das auch, darum brauchen die meisten keinen.</translation>
    </message>
    <message>
        <source>If you have joined no relay and Foyer finds exactly one nearby, it joins that one. The people on it then see your name.</source>
        <translation>Bist du auf keinem Relais und Foyer findet in der Nähe genau eines, tritt es ihm bei. Die Leute dort sehen dann deinen Namen.</translation>
    </message>
    <message>
        <source>The relay on this computer starts and stops with Foyer.</source>
        <translation>Das Relais auf diesem Computer startet und endet mit Foyer.</translation>
    </message>
    <message>
        <source>Others nearby then find the relay on this computer by themselves. Takes effect at the next start.</source>
        <translation>Andere in der Nähe finden das Relais auf diesem Computer dann von selbst. Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Links you have shared contain it. Takes effect at the next start. If empty, a free port is chosen then and kept.</source>
        <translation>Er steht in Links, die du geteilt hast. Gilt ab dem nächsten Start. Leer: Dann wird ein freier Port gewählt und behalten.</translation>
    </message>
    <message>
        <source>You make the invites on its page.</source>
        <translation>Einladungen erstellst du auf seiner Seite.</translation>
    </message>
    <message>
        <source>Where a program on this computer can read figures (Prometheus): 127.0.0.1:9464, or unix: followed by the full path of a socket. They contain no name, key or address. Empty: nowhere.</source>
        <translation>Wo ein Programm auf diesem Computer Messwerte lesen kann (Prometheus): 127.0.0.1:9464, oder unix: mit dem vollen Pfad eines Sockets. Namen, Schlüssel und Adressen sind nicht darin. Leer: nirgends.</translation>
    </message>
    <message>
        <source>System uses the first language of this computer that Foyer speaks.</source>
        <translation>System nimmt die erste Sprache dieses Computers, die Foyer kann.</translation>
    </message>
    <message>
        <source>Tray icon</source>
        <translation>Symbol im Infobereich</translation>
    </message>
    <message>
        <source>Shown if the desktop has a tray. Everything in its menu is in the window too.</source>
        <translation>Erscheint, wenn der Desktop einen Infobereich hat. Alles aus seinem Menü gibt es auch im Fenster.</translation>
    </message>
    <message>
        <source>Without a tray, closing quits. Foyer asks first in a call or while others use your relay.</source>
        <translation>Ohne Infobereich beendet Schließen das Programm. Während eines Gesprächs, oder solange andere dein Relais nutzen, fragt Foyer vorher.</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>Beim Anmelden starten</translation>
    </message>
    <message>
        <source>In the tray, or with the window if there is no tray.</source>
        <translation>Im Infobereich, oder mit dem Fenster, wenn es keinen gibt.</translation>
    </message>
    <message>
        <source>System follows the desktop.</source>
        <translation>System richtet sich nach dem Desktop.</translation>
    </message>
    <message>
        <source>Display size</source>
        <translation>Anzeigegröße</translation>
    </message>
    <message>
        <source>Relative to the size that the desktop gives.</source>
        <translation>Im Verhältnis zur Größe, die der Desktop vorgibt.</translation>
    </message>
    <message>
        <source>When you are on more than one relay.</source>
        <translation>Wenn du auf mehr als einem Relais bist.</translation>
    </message>
    <message>
        <source>Type a whole number from %1 to %2, or nothing.</source>
        <translation>Gib eine ganze Zahl von %1 bis %2 ein oder nichts.</translation>
    </message>
    <message>
        <source>Type 127.0.0.1 or [::1] with a port, such as 127.0.0.1:9464, or unix: and a full path.</source>
        <translation>Gib 127.0.0.1 oder [::1] mit einem Port ein, etwa 127.0.0.1:9464, oder unix: und einen vollen Pfad.</translation>
    </message>
    <message>
        <source>Network check</source>
        <translation>Netzwerkprüfung</translation>
    </message>
    <message>
        <source>Finds out whether calls can connect from here, and what stands in the way.</source>
        <translation>Findet heraus, ob Gespräche von hier aus zustande kommen und was im Weg steht.</translation>
    </message>
    <message>
        <source>detect NAT firewall router port test</source>
        <translation>erkennen NAT Firewall Router Port Test</translation>
    </message>
    <message>
        <source>Warnings always come first, then favourites.</source>
        <translation>Warnungen stehen immer zuerst, dann Favoriten.</translation>
    </message>
</context>
<context>
    <name>SettingsScreen</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>Einstellung suchen</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Strg+F</translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation>Gruppen von Einstellungen</translation>
    </message>
    <message>
        <source>No setting matches “%1”.</source>
        <translation>Keine Einstellung passt zu „%1“.</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Lobby</source>
        <translation>Lobby</translation>
    </message>
    <message>
        <source>In a call</source>
        <translation>Im Gespräch</translation>
    </message>
    <message>
        <source>F1, ?</source>
        <translation>F1, ?</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>Diese Seite</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Strg+,</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Strg+F</translation>
    </message>
    <message>
        <source>↑ ↓ Home End</source>
        <translation>↑ ↓ Pos1 Ende</translation>
    </message>
    <message>
        <source>Move in the list</source>
        <translation>In der Liste bewegen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Ctrl+H</source>
        <translation>Strg+H</translation>
    </message>
    <message>
        <source>History of calls</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>F6</source>
        <translation>F6</translation>
    </message>
    <message>
        <source>M, Ctrl+M</source>
        <translation>M, Strg+M</translation>
    </message>
    <message>
        <source>Mute your microphone</source>
        <translation>Mikrofon stummschalten</translation>
    </message>
    <message>
        <source>D</source>
        <translation>D</translation>
    </message>
    <message>
        <source>Deafen: hear nothing</source>
        <translation>Ton aus: nichts hören</translation>
    </message>
    <message>
        <source>Hold T</source>
        <translation>T halten</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Strg+K</translation>
    </message>
    <message>
        <source>The words to compare</source>
        <translation>Die Wörter zum Vergleichen</translation>
    </message>
    <message>
        <source>Ctrl+1 … 4</source>
        <translation>Strg+1 … 4</translation>
    </message>
    <message>
        <source>F12</source>
        <translation>F12</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Strg+E</translation>
    </message>
    <message>
        <source>End the call</source>
        <translation>Auflegen</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Strg+P</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Kontakte</translation>
    </message>
    <message>
        <source>User guide</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Settings (not during a call)</source>
        <translation>Einstellungen (nicht im Gespräch)</translation>
    </message>
    <message>
        <source>Decline, cancel, go back; never ends a running call</source>
        <translation>Ablehnen, abbrechen, zurück; beendet nie ein Gespräch</translation>
    </message>
    <message>
        <source>Next control</source>
        <translation>Nächstes Element</translation>
    </message>
    <message>
        <source>Find a person, or a setting in the settings</source>
        <translation>Person suchen, in den Einstellungen eine Einstellung</translation>
    </message>
    <message>
        <source>Call the selected person</source>
        <translation>Ausgewählte Person anrufen</translation>
    </message>
    <message>
        <source>Next region of the window</source>
        <translation>Nächster Bereich des Fensters</translation>
    </message>
    <message>
        <source>Talk (push to talk)</source>
        <translation>Sprechen (solange gehalten)</translation>
    </message>
    <message>
        <source>Quality: Auto, Studio, Clear, Saver</source>
        <translation>Qualität: Auto, Studio, Klar, Sparsam</translation>
    </message>
    <message>
        <source>All the keys; arrow keys scroll</source>
        <translation>Alle Tasten; Pfeiltasten blättern</translation>
    </message>
    <message>
        <source>Accept a call; in the lobby, call the selected person</source>
        <translation>Anruf annehmen; in der Lobby die ausgewählte Person anrufen</translation>
    </message>
</context>
<context>
    <name>SoundPopup</name>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>Kein Mikrofon</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>Microphone level</source>
        <translation>Mikrofonpegel</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>No speakers</source>
        <translation>Keine Lautsprecher</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>While I speak</source>
        <translation>Während ich spreche</translation>
    </message>
    <message>
        <source>While I hold T</source>
        <translation>Während ich T halte</translation>
    </message>
    <message>
        <source>Echo cancelling</source>
        <translation>Echo-Unterdrückung</translation>
    </message>
    <message>
        <source>Needed with loudspeakers, harmless with headphones.</source>
        <translation>Nötig mit Lautsprechern, unschädlich mit Kopfhörern.</translation>
    </message>
    <message>
        <source>Noise reduction</source>
        <translation>Rauschunterdrückung</translation>
    </message>
    <message>
        <source>Takes out fans and hum.</source>
        <translation>Nimmt Lüfter und Brummen heraus.</translation>
    </message>
    <message>
        <source>Even out my level</source>
        <translation>Meinen Pegel ausgleichen</translation>
    </message>
    <message>
        <source>Quiet and loud speech reach the others alike.</source>
        <translation>Leise und laute Sprache kommt bei anderen gleich laut an.</translation>
    </message>
    <message>
        <source>Even out theirs</source>
        <translation>Pegel anderer ausgleichen</translation>
    </message>
    <message>
        <source>Everybody is heard about as loud.</source>
        <translation>Alle sind etwa gleich laut zu hören.</translation>
    </message>
    <message>
        <source>Shortest delay</source>
        <translation>Kürzeste Verzögerung</translation>
    </message>
    <message>
        <source>Sends every 10 ms: they hear you 10 ms sooner, for about 30 kbit/s more.</source>
        <translation>Sendet alle 10 ms: Andere hören dich 10 ms früher, für etwa 30 kbit/s mehr.</translation>
    </message>
    <message>
        <source>Send nothing in pauses</source>
        <translation>In Pausen nichts senden</translation>
    </message>
    <message>
        <source>Saves most of the data while you are silent; they hear a soft background then. Who watches the network can tell when you speak; without this they cannot.</source>
        <translation>Spart die meisten Daten, während du still bist; andere hören dann ein leises Rauschen. Wer das Netzwerk beobachtet, erkennt dann, wann du sprichst; sonst nicht.</translation>
    </message>
    <message>
        <source>Volume of %1</source>
        <translation>Lautstärke von %1</translation>
    </message>
    <message>
        <source>Their volume</source>
        <translation>Lautstärke der anderen Seite</translation>
    </message>
    <message>
        <source>When others hear you</source>
        <translation>Wann man dich hört</translation>
    </message>
</context>
<context>
    <name>StateMenu</name>
    <message>
        <source>Available</source>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Nicht stören</translation>
    </message>
    <message>
        <source>Invisible</source>
        <translation>Unsichtbar</translation>
    </message>
    <message>
        <source>How others see you</source>
        <translation>So sehen dich andere</translation>
    </message>
    <message>
        <source>Others see it. Calls that still come in do not ring; you find them in History as missed.</source>
        <translation>Andere sehen es. Kommt trotzdem ein Anruf, klingelt es nicht; du findest ihn im Verlauf als verpasst.</translation>
    </message>
    <message>
        <source>Nobody sees you in the lobby, so nobody can call you; you can call others. If you are in a call, it starts when the call ends. The relay still knows that you are connected.</source>
        <translation>Niemand sieht dich in der Lobby, darum kann dich niemand anrufen; du kannst andere anrufen. Bist du im Gespräch, beginnt es erst nach dessen Ende. Das Relais weiß weiterhin, dass du verbunden bist.</translation>
    </message>
    <message>
        <source>Set me to away after (minutes)</source>
        <translation>Auf abwesend setzen nach (Minuten)</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>%1: done</source>
        <translation>%1: erledigt</translation>
    </message>
    <message>
        <source>%1: now</source>
        <translation>%1: jetzt</translation>
    </message>
    <message>
        <source>%1: failed</source>
        <translation>%1: gescheitert</translation>
    </message>
    <message>
        <source>%1: not yet</source>
        <translation>%1: noch nicht</translation>
    </message>
</context>
<context>
    <name>TelemetryPanel</name>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Show the curves</source>
        <translation>Kurven zeigen</translation>
    </message>
    <message>
        <source>Show as a table</source>
        <translation>Als Tabelle zeigen</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Save a report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Close the diagnostics panel</source>
        <translation>Diagnose schließen</translation>
    </message>
    <message>
        <source>Curves and figures; arrow keys scroll</source>
        <translation>Kurven und Werte; Pfeiltasten blättern</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>Verzögerung</translation>
    </message>
    <message>
        <source>round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>buffer</source>
        <translation>Puffer</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>late</source>
        <translation>spät</translation>
    </message>
    <message>
        <source>Bit rate</source>
        <translation>Bitrate</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>gehört</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Pegel</translation>
    </message>
    <message>
        <source>you</source>
        <translation>du</translation>
    </message>
    <message>
        <source>them</source>
        <translation>andere Seite</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Log, this computer, versions</source>
        <translation>Protokoll, dieser Computer, Versionen</translation>
    </message>
    <message>
        <source>Paused: %1</source>
        <translation>Angehalten: %1</translation>
    </message>
    <message>
        <source>filled in</source>
        <translation>ergänzt</translation>
    </message>
    <message>
        <source>Packet timing</source>
        <translation>Paketzeiten</translation>
    </message>
    <message>
        <source>Keep packet timing of calls</source>
        <translation>Paketzeiten von Anrufen festhalten</translation>
    </message>
    <message>
        <source>From the next call on: when packets came and how each gap was filled. No sound, no names. Takes up to 50 MB of memory, enough for at least half an hour; after that the beginning is kept. The file is at most 10 MB.</source>
        <translation>Ab dem nächsten Anruf: wann Pakete kamen und wie jede Lücke gefüllt wurde. Kein Ton, keine Namen. Braucht bis zu 50 MB Speicher, genug für mindestens eine halbe Stunde; danach bleibt der Anfang. Die Datei hat höchstens 10 MB.</translation>
    </message>
    <message>
        <source>Save packet timing…</source>
        <translation>Paketzeiten speichern …</translation>
    </message>
    <message>
        <source>None of this leaves your computer by itself.</source>
        <translation>Nichts davon verlässt von selbst deinen Computer.</translation>
    </message>
</context>
<context>
    <name>TestingPage</name>
    <message>
        <source>Delay, ms</source>
        <translation>Verzögerung, ms</translation>
    </message>
    <message>
        <source>Jitter, ms</source>
        <translation>Jitter, ms</translation>
    </message>
    <message>
        <source>Loss, %</source>
        <translation>Verlust, %</translation>
    </message>
    <message>
        <source>Rate, kbit/s</source>
        <translation>Rate, kbit/s</translation>
    </message>
    <message>
        <source>Back to normal</source>
        <translation>Wieder normal</translation>
    </message>
    <message>
        <source>Simulate a bad connection</source>
        <translation>Eine schlechte Verbindung nachstellen</translation>
    </message>
    <message>
        <source>What leaves this computer for relays and people is delayed, dropped or held to a rate; what arrives is not touched. Everybody you talk to hears it. It stops when Foyer closes.</source>
        <translation>Was diesen Computer zu Relais und Personen verlässt, wird verzögert, verworfen oder gebremst; was ankommt, bleibt unberührt. Alle, mit denen du sprichst, hören es. Es endet mit dem Programm.</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>d MMMM</source>
        <extracomment>How a date is written; QLocale::toString() says which letter is what.</extracomment>
        <translation>d. MMMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>weak</source>
        <translation>schwach</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>schlecht</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>TrayDialog</name>
    <message>
        <source>Keep Foyer running?</source>
        <translation>Foyer weiterlaufen lassen?</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Quit Foyer</source>
        <translation>Foyer beenden</translation>
    </message>
    <message>
        <source>In the tray Foyer keeps running: calls ring, and others see you. If you quit, nobody can call you until you start it again. Foyer asks only once; you can change this in the settings under Window.</source>
        <translation>Im Infobereich läuft Foyer weiter: Anrufe klingeln, und andere sehen dich. Beendest du es, kann dich bis zum nächsten Start niemand anrufen. Foyer fragt nur einmal; ändern kannst du es in den Einstellungen unter „Fenster“.</translation>
    </message>
</context>
<context>
    <name>TurnForm</name>
    <message>
        <source>Add a TURN server</source>
        <translation>TURN-Server hinzufügen</translation>
    </message>
    <message>
        <source>Link of the TURN server</source>
        <translation>Link des TURN-Servers</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>User name on the TURN server</source>
        <translation>Benutzername auf dem TURN-Server</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Password on the TURN server</source>
        <translation>Passwort auf dem TURN-Server</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Wird getestet…</translation>
    </message>
    <message>
        <source>Test this server</source>
        <translation>Diesen Server testen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add the TURN server</source>
        <translation>Den TURN-Server hinzufügen</translation>
    </message>
    <message>
        <source>The password is stored where your key is, and is never in a report.</source>
        <translation>Das Passwort liegt dort, wo dein Schlüssel liegt, und steht in keinem Bericht.</translation>
    </message>
</context>
<context>
    <name>TurnList</name>
    <message>
        <source>TURN server %1, %2</source>
        <translation>TURN-Server %1, %2</translation>
    </message>
    <message>
        <source>Test this server</source>
        <translation>Diesen Server testen</translation>
    </message>
    <message>
        <source>Test the server %1</source>
        <translation>Den Server %1 testen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the server %1</source>
        <translation>Den Server %1 entfernen</translation>
    </message>
</context>
<context>
    <name>VersionsPage</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the versions</source>
        <translation>Versionen kopieren</translation>
    </message>
    <message>
        <source>This program</source>
        <translation>Dieses Programm</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotheken</translation>
    </message>
    <message>
        <source>This program, each relay and the protocol between them may have different versions. Foyer sends nobody the source it was built from; Copy includes it.</source>
        <translation>Dieses Programm, jedes Relais und das Protokoll dazwischen können verschiedene Versionen haben. Aus welchem Quelltext es gebaut ist, sendet Foyer niemandem; beim Kopieren ist es dabei.</translation>
    </message>
    <message>
        <source>Relays, as reported by each</source>
        <translation>Relais, nach eigener Angabe</translation>
    </message>
</context>
<context>
    <name>VolumeSlider</name>
    <message>
        <source>%1: %2 %</source>
        <translation>%1: %2 %</translation>
    </message>
</context>
<context>
    <name>WordStrip</name>
    <message>
        <source>They match</source>
        <translation>Stimmen überein</translation>
    </message>
    <message>
        <source>They differ</source>
        <translation>Weichen ab</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>End call</source>
        <translation>Auflegen</translation>
    </message>
</context>
<context>
    <name>foyer::app::AppPresenter</name>
    <message>
        <source>It is not the key you verified. Nothing has been sent, and nobody is ringing.</source>
        <translation>Es ist nicht der Schlüssel, den du verifiziert hast. Es wurde nichts gesendet, und es klingelt bei niemandem.</translation>
    </message>
    <message>
        <source>It is not the key you verified on %1. Nothing has been sent, and nobody is ringing.</source>
        <translation>Es ist nicht der Schlüssel, den du am %1 verifiziert hast. Es wurde nichts gesendet, und es klingelt bei niemandem.</translation>
    </message>
    <message>
        <source>Key you verified</source>
        <translation>Verifizierter Schlüssel</translation>
    </message>
    <message>
        <source>Key you verified on %1</source>
        <translation>Am %1 verifizierter Schlüssel</translation>
    </message>
    <message>
        <source>%1 is calling. %2</source>
        <translation>%1 ruft an. %2</translation>
    </message>
    <message>
        <source>In a call with %1. %2</source>
        <translation>Im Gespräch mit %1. %2</translation>
    </message>
    <message>
        <source>You are muted.</source>
        <translation>Du bist stumm.</translation>
    </message>
    <message>
        <source>Nothing is kept of this person, and they are not here now.</source>
        <translation>Über diese Person ist nichts gespeichert, und sie ist gerade nicht da.</translation>
    </message>
    <message>
        <source>The words did not match in a call with %1</source>
        <translation>In einem Gespräch mit %1 stimmten die Wörter nicht überein</translation>
    </message>
    <message>
        <source>%1’s key has changed</source>
        <translation>%1 hat einen neuen Schlüssel</translation>
    </message>
    <message>
        <source>One of you misread a word, or read from another call.</source>
        <translation>Jemand von euch hat sich verlesen oder aus einem anderen Gespräch vorgelesen.</translation>
    </message>
    <message>
        <source>A new computer, or Foyer installed again without restoring the old key.</source>
        <translation>Ein neuer Computer, oder Foyer neu installiert, ohne den alten Schlüssel wiederherzustellen.</translation>
    </message>
    <message>
        <source>Your microphone stays off in this call until you confirm that the words match.</source>
        <translation>In diesem Anruf bleibt dein Mikrofon aus, bis du bestätigst, dass die Wörter übereinstimmen.</translation>
    </message>
    <message>
        <source>The old key stays in the record.</source>
        <translation>Der alte Schlüssel bleibt vermerkt.</translation>
    </message>
    <message>
        <source>Key of that call</source>
        <translation>Schlüssel jenes Gesprächs</translation>
    </message>
    <message>
        <source>Key offered now</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>It was the key below. Nothing has been sent, and nobody is ringing.</source>
        <translation>Es war der Schlüssel unten. Es wurde nichts gesendet, und bei niemandem klingelt es.</translation>
    </message>
    <message>
        <source>Another key was verified under this name, or the words did not match in a call. Nothing has been sent, and nobody is ringing.</source>
        <translation>Unter diesem Namen wurde ein anderer Schlüssel verifiziert, oder in einem Gespräch stimmten die Wörter nicht überein. Es wurde nichts gesendet, und bei niemandem klingelt es.</translation>
    </message>
</context>
<context>
    <name>foyer::app::AudioPresenter</name>
    <message>
        <source>Say something</source>
        <translation>Sag etwas</translation>
    </message>
    <message>
        <source>No sound at all: is it muted?</source>
        <translation>Gar kein Ton: Ist es stummgeschaltet?</translation>
    </message>
    <message>
        <source>Very quiet: raise your microphone</source>
        <translation>Sehr leise: Dreh dein Mikrofon auf</translation>
    </message>
    <message>
        <source>We hear you</source>
        <translation>Wir hören dich</translation>
    </message>
    <message>
        <source>Too loud: lower it a little</source>
        <translation>Zu laut: Dreh es etwas herunter</translation>
    </message>
    <message>
        <source>Not connected: %1</source>
        <translation>Nicht verbunden: %1</translation>
    </message>
    <message>
        <source>Same as the speakers</source>
        <translation>Wie die Lautsprecher</translation>
    </message>
</context>
<context>
    <name>foyer::app::Autostart</name>
    <message>
        <source>Encrypted voice calls</source>
        <translation>Verschlüsselte Sprachanrufe</translation>
    </message>
    <message>
        <source>The file that starts Foyer could not be removed: %1</source>
        <translation>Die Datei, die Foyer startet, konnte nicht entfernt werden: %1</translation>
    </message>
    <message>
        <source>Foyer cannot be started with the session: %1 could not be written.</source>
        <translation>Foyer kann nicht mit der Sitzung gestartet werden: %1 konnte nicht geschrieben werden.</translation>
    </message>
</context>
<context>
    <name>foyer::app::AwayWatch</name>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Others see you as available until you choose something else.</source>
        <translation>Andere sehen dich als verfügbar, bis du etwas anderes wählst.</translation>
    </message>
    <message numerus="yes">
        <source>After %n minutes without keyboard and mouse, in any program.</source>
        <translation>
            <numerusform>Nach %n Minute ohne Tastatur und Maus, in jedem Programm.</numerusform>
            <numerusform>Nach %n Minuten ohne Tastatur und Maus, in jedem Programm.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n minutes without keyboard and mouse in Foyer’s window: this desktop does not tell what you do elsewhere.</source>
        <translation>
            <numerusform>Nach %n Minute ohne Tastatur und Maus in Foyers Fenster: Dieser Desktop sagt nicht, was du anderswo tust.</numerusform>
            <numerusform>Nach %n Minuten ohne Tastatur und Maus in Foyers Fenster: Dieser Desktop sagt nicht, was du anderswo tust.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n minutes without keyboard and mouse.</source>
        <translation>
            <numerusform>Nach %n Minute ohne Tastatur und Maus.</numerusform>
            <numerusform>Nach %n Minuten ohne Tastatur und Maus.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foyer::app::BackupPresenter</name>
    <message>
        <source>Foyer identity.foyer-backup</source>
        <translation>Foyer-Identität.foyer-backup</translation>
    </message>
    <message>
        <source>%1 of %2 words</source>
        <translation>%1 von %2 Wörtern</translation>
    </message>
    <message>
        <source>The two passphrases differ. Type them again.</source>
        <translation>Die beiden Passphrasen sind verschieden. Gib sie noch einmal ein.</translation>
    </message>
    <message>
        <source>At least %1 characters; several words are easy to keep in mind.</source>
        <translation>Mindestens %1 Zeichen; mehrere Wörter lassen sich leicht merken.</translation>
    </message>
    <message>
        <source>Word %1, “%2”, is not in the word list. Compare it with what you wrote down.</source>
        <translation>Wort %1, „%2“, steht nicht in der Wortliste. Vergleiche es mit deiner Notiz.</translation>
    </message>
    <message>
        <source>Saved as %1. Keep it somewhere other than on this computer, and keep the passphrase: without it nobody can open the file, you included.</source>
        <translation>Gespeichert als %1. Bewahre die Datei nicht nur auf diesem Computer auf, und merke dir die Passphrase: Ohne sie kann niemand die Datei öffnen, auch du nicht.</translation>
    </message>
    <message>
        <source>Your identity is back. Its key is:
%1
If Foyer runs with this key anywhere else, close it there: only one of them can be reached at a time.</source>
        <translation>Deine Identität ist zurück. Ihr Schlüssel:
%1
Läuft Foyer mit diesem Schlüssel noch woanders, beende es dort: Erreichbar ist immer nur eines.</translation>
    </message>
</context>
<context>
    <name>foyer::app::CallPresenter</name>
    <message>
        <source>This call uses the key you verified on %1</source>
        <translation>Dieser Anruf benutzt den Schlüssel, den du am %1 verifiziert hast</translation>
    </message>
    <message>
        <source>This call uses the key you verified</source>
        <translation>Dieser Anruf benutzt den Schlüssel, den du verifiziert hast</translation>
    </message>
    <message>
        <source>You have not verified this key yet; compare the words in the call</source>
        <translation>Du hast diesen Schlüssel noch nicht verifiziert; vergleicht im Gespräch die Wörter</translation>
    </message>
    <message>
        <source>This is not the key you verified; compare the words before you talk</source>
        <translation>Das ist nicht der Schlüssel, den du verifiziert hast; vergleicht die Wörter, bevor ihr redet</translation>
    </message>
    <message>
        <source>You blocked this key</source>
        <translation>Du hast diesen Schlüssel blockiert</translation>
    </message>
    <message>
        <source>Another key than the last time; you had not verified that one either</source>
        <translation>Ein anderer Schlüssel als beim letzten Mal; auch den hattest du nicht verifiziert</translation>
    </message>
    <message>
        <source>Calling %1</source>
        <translation>%1 wird angerufen</translation>
    </message>
    <message>
        <source>Looking for their computer</source>
        <translation>Der andere Computer wird gesucht</translation>
    </message>
    <message>
        <source>Ringing %1</source>
        <translation>Es klingelt bei %1</translation>
    </message>
    <message>
        <source>Their computer is ringing</source>
        <translation>Der andere Computer klingelt</translation>
    </message>
    <message>
        <source>Securing the call with %1</source>
        <translation>Das Gespräch mit %1 wird gesichert</translation>
    </message>
    <message>
        <source>Answered; waiting for sound in both directions</source>
        <translation>Angenommen; wartet auf Ton in beiden Richtungen</translation>
    </message>
    <message>
        <source>end-to-end encrypted, key changed</source>
        <translation>Ende-zu-Ende-verschlüsselt, Schlüssel neu</translation>
    </message>
    <message>
        <source>end-to-end encrypted, not verified yet</source>
        <translation>Ende-zu-Ende-verschlüsselt, unverifiziert</translation>
    </message>
    <message>
        <source>end-to-end encrypted, verified %1</source>
        <translation>Ende-zu-Ende-verschlüsselt, verifiziert am %1</translation>
    </message>
    <message>
        <source>end-to-end encrypted, verified</source>
        <translation>Ende-zu-Ende-verschlüsselt, verifiziert</translation>
    </message>
    <message>
        <source>%1 lost the connection</source>
        <translation>%1 hat die Verbindung verloren</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Verbindet neu</translation>
    </message>
    <message>
        <source>address hidden</source>
        <translation>Adresse verborgen</translation>
    </message>
    <message>
        <source>encrypted, verified</source>
        <translation>verifiziert</translation>
    </message>
    <message>
        <source>off until the words match</source>
        <translation>aus, bis die Wörter übereinstimmen</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>no sound from your microphone</source>
        <translation>kein Ton von deinem Mikrofon</translation>
    </message>
    <message>
        <source>hold T to speak</source>
        <translation>zum Sprechen T halten</translation>
    </message>
    <message>
        <source>heard clearly</source>
        <translation>gut zu hören</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>still</translation>
    </message>
    <message>
        <source>You are muted but speaking</source>
        <translation>Du bist stumm, sprichst aber</translation>
    </message>
    <message>
        <source>You speak, but nobody hears you</source>
        <translation>Du sprichst, aber niemand hört dich</translation>
    </message>
    <message>
        <source>Press M to be heard.</source>
        <translation>Drück M, um gehört zu werden.</translation>
    </message>
    <message>
        <source>Hold T while you speak.</source>
        <translation>Halte T, während du sprichst.</translation>
    </message>
    <message>
        <source>Your typing can be heard</source>
        <translation>Dein Tippen ist zu hören</translation>
    </message>
    <message>
        <source>Press M to mute yourself while you type, or choose push to talk in the settings.</source>
        <translation>Drück M, um dich beim Tippen stummzuschalten, oder lass dich in den Einstellungen nur hören, während du T hältst.</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>spricht</translation>
    </message>
    <message>
        <source>Their program or their network ended, not the call. Wait for them, or end it.</source>
        <translation>Das Programm oder Netzwerk der anderen Seite ist weg, nicht das Gespräch. Warte, oder leg auf.</translation>
    </message>
    <message>
        <source>The connection is gone for the moment</source>
        <translation>Die Verbindung ist gerade weg</translation>
    </message>
    <message>
        <source>Foyer is getting it back. Nobody needs to call again.</source>
        <translation>Foyer holt sie zurück. Niemand muss noch einmal anrufen.</translation>
    </message>
    <message>
        <source>They cannot hear you: your microphone sends silence</source>
        <translation>Du bist nicht zu hören: Dein Mikrofon sendet Stille</translation>
    </message>
    <message>
        <source>Is it muted on the headset or in the system settings?</source>
        <translation>Ist es am Headset oder in den Systemeinstellungen stummgeschaltet?</translation>
    </message>
    <message>
        <source>%1 cannot hear you yet: this key has changed</source>
        <translation>%1 kann dich noch nicht hören: Der Schlüssel ist neu</translation>
    </message>
    <message>
        <source>Let them read their words out. Your microphone opens when you confirm that they match.</source>
        <translation>Lass dir die Wörter vorlesen. Dein Mikrofon geht auf, wenn du bestätigst, dass sie übereinstimmen.</translation>
    </message>
    <message>
        <source>The connection to %1 is weak or was cut. Foyer keeps trying.</source>
        <translation>Die Verbindung zu %1 ist schwach oder unterbrochen. Foyer versucht es weiter.</translation>
    </message>
    <message>
        <source>Read these out. Does %1 see the same?</source>
        <translation>Lies sie vor. Sieht %1 dieselben?</translation>
    </message>
    <message>
        <source>%1 has not confirmed</source>
        <translation>%1 hat nicht bestätigt</translation>
    </message>
    <message>
        <source>%1 confirmed</source>
        <translation>%1 hat bestätigt</translation>
    </message>
    <message>
        <source>The words differ: somebody may be in between</source>
        <translation>Die Wörter weichen ab: Vielleicht sitzt jemand dazwischen</translation>
    </message>
    <message>
        <source>Both confirmed</source>
        <translation>Beide haben bestätigt</translation>
    </message>
    <message>
        <source>You confirmed · %1 not yet</source>
        <translation>Du hast bestätigt · %1 noch nicht</translation>
    </message>
    <message>
        <source>Compare words</source>
        <translation>Wörter vergleichen</translation>
    </message>
    <message>
        <source>You have not confirmed · %1</source>
        <translation>Du hast nicht bestätigt · %1</translation>
    </message>
    <message>
        <source>Your microphone opens when you confirm that the words match.</source>
        <translation>Dein Mikrofon geht auf, wenn du bestätigst, dass die Wörter übereinstimmen.</translation>
    </message>
    <message>
        <source>Three or more calls with this key broke off within a day while the keys were exchanged. Each may have been somebody in between who guessed at the words.</source>
        <translation>Drei oder mehr Anrufe mit diesem Schlüssel rissen innerhalb eines Tages ab, während die Schlüssel ausgetauscht wurden. Jeder davon kann jemand dazwischen gewesen sein, der die Wörter zu erraten versuchte.</translation>
    </message>
    <message>
        <source>Compare the words before you say anything private</source>
        <translation>Vergleicht die Wörter, bevor ihr etwas Vertrauliches sagt</translation>
    </message>
    <message>
        <source>Looking for their computer through %1</source>
        <translation>Der Computer wird über %1 gesucht</translation>
    </message>
    <message>
        <source>Their computer is ringing, called through %1</source>
        <translation>Es klingelt dort, angerufen über %1</translation>
    </message>
    <message>
        <source>Calls themselves %1</source>
        <translation>Nennt sich %1</translation>
    </message>
    <message>
        <source>on hold</source>
        <translation>gehalten</translation>
    </message>
    <message>
        <source>put you on hold</source>
        <translation>hält das Gespräch</translation>
    </message>
    <message>
        <source>You put %1 on hold</source>
        <translation>Du hältst das Gespräch mit %1</translation>
    </message>
    <message>
        <source>Neither of you hears the other.</source>
        <translation>Keine Seite hört die andere.</translation>
    </message>
    <message>
        <source>%1 put you on hold</source>
        <translation>%1 hält das Gespräch</translation>
    </message>
    <message>
        <source>They do not hear you until they come back.</source>
        <translation>Du wirst nicht gehört, bis es weitergeht.</translation>
    </message>
    <message>
        <source>the call is kept</source>
        <translation>das Gespräch bleibt bestehen</translation>
    </message>
    <message>
        <source>the call is kept for another %1 s</source>
        <translation>das Gespräch bleibt noch %1 s bestehen</translation>
    </message>
    <message>
        <source>nothing received for %1 s</source>
        <translation>seit %1 s nichts empfangen</translation>
    </message>
    <message>
        <source>Nothing received for %1 s</source>
        <translation>Seit %1 s nichts empfangen</translation>
    </message>
    <message>
        <source>not heard</source>
        <translation>nicht zu hören</translation>
    </message>
    <message>
        <source>%1 says the words differ</source>
        <translation>%1 sagt: Die Wörter weichen ab</translation>
    </message>
    <message>
        <source>Somebody may be in between. Compare again.</source>
        <translation>Vielleicht sitzt jemand dazwischen. Vergleicht noch einmal.</translation>
    </message>
    <message>
        <source>encrypted, but the words differ</source>
        <translation>verschlüsselt, aber die Wörter sind verschieden</translation>
    </message>
    <message>
        <source>the words differ</source>
        <translation>die Wörter sind verschieden</translation>
    </message>
    <message>
        <source>key changed</source>
        <translation>Schlüssel geändert</translation>
    </message>
    <message>
        <source>not verified yet</source>
        <translation>noch nicht verifiziert</translation>
    </message>
    <message>
        <source>you hear nothing</source>
        <translation>du hörst nichts</translation>
    </message>
    <message>
        <source>The relay reports that %1 has left</source>
        <translation>Das Relais sagt, dass %1 gegangen ist</translation>
    </message>
    <message>
        <source>Somebody may be in between and may hear you. Compare again.</source>
        <translation>Vielleicht sitzt jemand dazwischen und hört dich. Vergleicht noch einmal.</translation>
    </message>
    <message>
        <source>You are muted. End the call and tell %1 some other way.</source>
        <translation>Du bist stumm. Beende den Anruf und sag es %1 auf anderem Weg.</translation>
    </message>
    <message>
        <source>The words of an earlier call with this key did not match; compare them before you talk</source>
        <translation>Die Wörter eines früheren Gesprächs mit diesem Schlüssel stimmten nicht überein; vergleicht sie, bevor ihr redet</translation>
    </message>
    <message>
        <source>end-to-end encrypted, the words differed last time</source>
        <translation>Ende-zu-Ende-verschlüsselt, die Wörter wichen letztes Mal ab</translation>
    </message>
    <message>
        <source>the words differed last time</source>
        <translation>die Wörter wichen letztes Mal ab</translation>
    </message>
    <message>
        <source>%1 cannot hear you yet: the words differed last time</source>
        <translation>%1 kann dich noch nicht hören: Die Wörter wichen letztes Mal ab</translation>
    </message>
</context>
<context>
    <name>foyer::app::ConnectionsPresenter</name>
    <message>
        <source>over TCP</source>
        <translation>über TCP</translation>
    </message>
    <message>
        <source>over TLS</source>
        <translation>über TLS</translation>
    </message>
    <message>
        <source>over UDP</source>
        <translation>über UDP</translation>
    </message>
    <message>
        <source>It works and answers in %1.</source>
        <translation>Er funktioniert und antwortet in %1.</translation>
    </message>
    <message>
        <source>It works.</source>
        <translation>Er funktioniert.</translation>
    </message>
    <message>
        <source>lent by a relay</source>
        <translation>von einem Relais geliehen</translation>
    </message>
    <message>
        <source>lent by %1</source>
        <translation>von %1 geliehen</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Wird getestet…</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>gültig bis %1</translation>
    </message>
    <message>
        <source>its credentials expired on %1</source>
        <translation>die Zugangsdaten sind am %1 abgelaufen</translation>
    </message>
    <message>
        <source>A packet sent through it comes back after %1.</source>
        <translation>Ein Paket durch ihn kommt nach %1 zurück.</translation>
    </message>
    <message>
        <source>A packet sent through it to itself did not come back. Many servers forbid that; calls may still work.</source>
        <translation>Ein Paket, das durch ihn an ihn selbst ging, kam nicht zurück. Viele Server verbieten das; Gespräche können trotzdem gehen.</translation>
    </message>
    <message>
        <source>User name and password are valid until %1.</source>
        <translation>Benutzername und Passwort gelten bis %1.</translation>
    </message>
    <message>
        <source>Its password is no longer stored. Add the server again.</source>
        <translation>Sein Passwort ist nicht mehr gespeichert. Füge den Server noch einmal hinzu.</translation>
    </message>
    <message>
        <source>In use by a call now.</source>
        <translation>Wird gerade von einem Gespräch genutzt.</translation>
    </message>
    <message>
        <source>Added. Calls use it when there is no shorter way.</source>
        <translation>Hinzugefügt. Gespräche nutzen ihn, wenn es keinen kürzeren Weg gibt.</translation>
    </message>
    <message>
        <source>Removed, along with its password.</source>
        <translation>Entfernt, samt Passwort.</translation>
    </message>
</context>
<context>
    <name>foyer::app::ContactFilePresenter</name>
    <message>
        <source>Foyer contacts.json</source>
        <translation>Foyer-Kontakte.json</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
    <message>
        <source>Done. %1</source>
        <translation>Fertig. %1</translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n neu</numerusform>
            <numerusform>%n neu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n completed</source>
        <translation>
            <numerusform>%n ergänzt</numerusform>
            <numerusform>%n ergänzt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged</source>
        <translation>
            <numerusform>%n unverändert</numerusform>
            <numerusform>%n unverändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out for lack of room</source>
        <translation>
            <numerusform>%n aus Platzmangel ausgelassen</numerusform>
            <numerusform>%n aus Platzmangel ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n Person</numerusform>
            <numerusform>%n Personen</numerusform>
        </translation>
    </message>
    <message>
        <source>: </source>
        <translation>: </translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message numerus="yes">
        <source>%n become verified here.</source>
        <translation>
            <numerusform>Eine Person gilt dann hier als verifiziert.</numerusform>
            <numerusform>%n Personen gelten dann hier als verifiziert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are marked verified; this is ignored unless you saved the file yourself.</source>
        <translation>
            <numerusform>Eine Person ist als verifiziert markiert; das zählt nur, wenn du die Datei selbst gespeichert hast.</numerusform>
            <numerusform>%n Personen sind als verifiziert markiert; das zählt nur, wenn du die Datei selbst gespeichert hast.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are marked Key changed, because you verified another key with that name.</source>
        <translation>
            <numerusform>Eine Person gilt als „Schlüssel geändert“, weil du unter ihrem Namen einen anderen Schlüssel verifiziert hast.</numerusform>
            <numerusform>%n Personen gelten als „Schlüssel geändert“, weil du unter ihren Namen andere Schlüssel verifiziert hast.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foyer::app::ContactPresenter</name>
    <message>
        <source>%1, verified, until %2</source>
        <translation>%1, verifiziert, bis %2</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1, bis %2</translation>
    </message>
    <message>
        <source>Calls themselves %1</source>
        <translation>Nennt sich %1</translation>
    </message>
    <message>
        <source>%1 is forgotten.</source>
        <translation>%1 ist vergessen.</translation>
    </message>
    <message>
        <source>Without a sound</source>
        <translation>Ohne Ton</translation>
    </message>
    <message>
        <source>Your calls to them go directly once you have talked, before that only on your own network. When they call, the incoming card lets you choose.</source>
        <translation>Deine Anrufe gehen direkt, sobald ihr einmal gesprochen habt, vorher nur im eigenen Netzwerk. Ruft die Person dich an, wählst du auf der Karte des Anrufs.</translation>
    </message>
    <message>
        <source>Calls go directly if the networks and your settings allow it, which is quickest. You and they then learn each other’s addresses.</source>
        <translation>Anrufe gehen direkt, wenn die Netzwerke und deine Einstellungen es erlauben; das ist am schnellsten. Ihr erfahrt dann gegenseitig eure Adressen.</translation>
    </message>
    <message>
        <source>Every call stays on the relay, whoever makes it, and they never learn your address.</source>
        <translation>Jeder Anruf bleibt auf dem Relais, egal wer anruft; die andere Seite erfährt deine Adresse nie.</translation>
    </message>
    <message>
        <source>Before every call Foyer asks whether it may go directly or stays on the relay.</source>
        <translation>Foyer fragt vor jedem Anruf, ob er direkt gehen darf oder auf dem Relais bleibt.</translation>
    </message>
    <message>
        <source>Your contacts file says that you verified this key on %1.</source>
        <translation>Deine Kontaktdatei sagt, dass du diesen Schlüssel am %1 verifiziert hast.</translation>
    </message>
    <message>
        <source>You compared the words in a call on %1.</source>
        <translation>Du hast die Wörter am %1 in einem Gespräch verglichen.</translation>
    </message>
    <message>
        <source>You have not compared words yet. Do it in your next call.</source>
        <translation>Ihr habt noch keine Wörter verglichen. Holt es im nächsten Gespräch nach.</translation>
    </message>
    <message>
        <source>Their calls do not ring here. To them it looks as if you cannot be reached.</source>
        <translation>Ihre Anrufe klingeln hier nicht. Für sie sieht es aus, als wärst du nicht erreichbar.</translation>
    </message>
    <message>
        <source>The link contains the key that you verified.</source>
        <translation>Der Link enthält den Schlüssel, den du verifiziert hast.</translation>
    </message>
    <message>
        <source>You opened a link to this person. If you scanned it from their own screen, the key below is theirs. Foyer cannot know that, so they count as verified only after you have compared the words in a call.</source>
        <translation>Du hast einen Link zu dieser Person geöffnet. Hast du ihn von ihrem Bildschirm gescannt, ist der Schlüssel unten ihrer. Foyer kann das nicht wissen; verifiziert ist sie erst, wenn ihr in einem Gespräch die Wörter verglichen habt.</translation>
    </message>
    <message>
        <source>The link contains the key of somebody you blocked.</source>
        <translation>Der Link enthält den Schlüssel von jemandem, den du blockiert hast.</translation>
    </message>
    <message>
        <source>Known since %1</source>
        <translation>Bekannt seit %1</translation>
    </message>
    <message>
        <source>In your contacts since %1</source>
        <translation>In deinen Kontakten seit %1</translation>
    </message>
    <message>
        <source>No call yet</source>
        <translation>Noch kein Anruf</translation>
    </message>
    <message>
        <source>Like everyone else’s</source>
        <translation>Wie bei allen anderen</translation>
    </message>
    <message>
        <source>Somebody with this name was verified with another key. The next call is for comparing words.</source>
        <translation>Unter diesem Namen wurde ein anderer Schlüssel verifiziert. Das nächste Gespräch dient dem Vergleich der Wörter.</translation>
    </message>
    <message>
        <source>The words did not match in an earlier call. The next call is for comparing words.</source>
        <translation>Die Wörter stimmten in einem früheren Gespräch nicht überein. Das nächste Gespräch dient dem Vergleich der Wörter.</translation>
    </message>
</context>
<context>
    <name>foyer::app::ContactsModel</name>
    <message>
        <source>favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Calls themselves %1</source>
        <translation>Nennt sich %1</translation>
    </message>
    <message>
        <source>Last seen on %1</source>
        <translation>Zuletzt gesehen am %1</translation>
    </message>
    <message>
        <source>Last call on %1</source>
        <translation>Letzter Anruf am %1</translation>
    </message>
    <message>
        <source>No call yet</source>
        <translation>Noch kein Anruf</translation>
    </message>
</context>
<context>
    <name>foyer::app::DiagnosticsPresenter</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>For testers</source>
        <translation>Für Tester</translation>
    </message>
    <message>
        <source>Foyer</source>
        <translation>Foyer</translation>
    </message>
    <message>
        <source>Built from</source>
        <translation>Gebaut aus</translation>
    </message>
    <message>
        <source>Relay on this computer</source>
        <translation>Relais auf diesem Computer</translation>
    </message>
    <message>
        <source>Relay %1 …</source>
        <translation>Relais %1 …</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>nicht mitgeteilt</translation>
    </message>
    <message>
        <source>Relay</source>
        <translation>Relais</translation>
    </message>
    <message>
        <source>Between people and relays</source>
        <translation>Zwischen Personen und Relais</translation>
    </message>
    <message>
        <source>Control socket of scripts</source>
        <translation>Steuer-Socket für Skripte</translation>
    </message>
    <message>
        <source>This program</source>
        <translation>Dieses Programm</translation>
    </message>
    <message>
        <source>Relays</source>
        <translation>Relais</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotheken</translation>
    </message>
    <message>
        <source>Copied the versions.</source>
        <translation>Versionen kopiert.</translation>
    </message>
    <message>
        <source>%1 kbit/s at most</source>
        <translation>höchstens %1 kbit/s</translation>
    </message>
    <message>
        <source>Past calls</source>
        <translation>Frühere Anrufe</translation>
    </message>
    <message>
        <source>unknown: built outside a clone</source>
        <translation>nicht bekannt: außerhalb eines Klons gebaut</translation>
    </message>
    <message>
        <source>unknown: not connected</source>
        <translation>unbekannt: nicht verbunden</translation>
    </message>
    <message>
        <source>none in use</source>
        <translation>keines wird benutzt</translation>
    </message>
    <message>
        <source>%1 ms of delay</source>
        <translation>%1 ms Verzögerung</translation>
    </message>
    <message>
        <source>up to %1 ms of jitter</source>
        <translation>0 bis %1 ms Jitter</translation>
    </message>
    <message>
        <source>%1 % loss</source>
        <translation>%1 % Verlust</translation>
    </message>
    <message>
        <source>The limits are: delay %1 ms, jitter %2 ms, loss 100 %, rate %3 to %4 kbit/s or empty.</source>
        <translation>Die Grenzen: Verzögerung %1 ms, Jitter %2 ms, Verlust 100 %, Rate %3 bis %4 kbit/s oder leer.</translation>
    </message>
    <message>
        <source>That changes nothing: type a number.</source>
        <translation>Das ändert nichts: Gib eine Zahl ein.</translation>
    </message>
</context>
<context>
    <name>foyer::app::FilePortal</name>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Backups of Foyer</source>
        <translation>Foyer-Sicherungen</translation>
    </message>
    <message>
        <source>Contacts of Foyer</source>
        <translation>Foyer-Kontakte</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Your desktop showed no dialog. Type the file’s name instead.</source>
        <translation>Dein Desktop hat keinen Dialog gezeigt. Gib stattdessen den Dateinamen ein.</translation>
    </message>
    <message>
        <source>The dialog went away before a file was chosen. Try again, or type its name.</source>
        <translation>Der Dialog ist verschwunden, bevor eine Datei ausgewählt war. Versuch es noch einmal, oder gib ihren Namen ein.</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Your desktop ended the dialog before a file was chosen. Type the file’s name instead.</source>
        <translation>Dein Desktop hat den Dialog beendet, bevor eine Datei ausgewählt war. Gib stattdessen den Dateinamen ein.</translation>
    </message>
    <message>
        <source>Foyer only uses files on this computer. Choose another place.</source>
        <translation>Foyer verwendet nur Dateien auf diesem Computer. Wähle einen anderen Ort.</translation>
    </message>
</context>
<context>
    <name>foyer::app::FoundJoiner</name>
    <message>
        <source>You are joining %1, the relay of this network.</source>
        <translation>Du trittst %1 bei, dem Relais dieses Netzwerks.</translation>
    </message>
</context>
<context>
    <name>foyer::app::GlobalTalkKey</name>
    <message>
        <source>Other programs need that key. Take a function key, Pause, or a letter with Ctrl, Alt or the Windows key.</source>
        <translation>Andere Programme brauchen diese Taste. Nimm eine Funktionstaste, Pause, oder einen Buchstaben mit Strg, Alt oder der Windows-Taste.</translation>
    </message>
    <message>
        <source>Hold to talk</source>
        <translation>Zum Sprechen halten</translation>
    </message>
    <message>
        <source>T and the Talk button work in Foyer’s window.</source>
        <translation>T und die Schaltfläche „Sprechen“ funktionieren in Foyers Fenster.</translation>
    </message>
    <message>
        <source>Your desktop watches the key, in every window: %1.</source>
        <translation>Dein Desktop achtet in jedem Fenster auf die Taste: %1.</translation>
    </message>
    <message>
        <source>%1 works in every window. While a call runs, other programs do not get that key.</source>
        <translation>%1 funktioniert in jedem Fenster. Während eines Gesprächs bekommen andere Programme diese Taste nicht.</translation>
    </message>
    <message>
        <source>Your desktop did not allow it. T and the Talk button work in Foyer’s window.</source>
        <translation>Dein Desktop hat es nicht erlaubt. T und die Schaltfläche „Sprechen“ funktionieren in Foyers Fenster.</translation>
    </message>
    <message>
        <source>%1 belongs to another program: choose another key. Until then T works in Foyer’s window.</source>
        <translation>%1 gehört einem anderen Programm: Wähle eine andere Taste. Bis dahin funktioniert T in Foyers Fenster.</translation>
    </message>
    <message>
        <source>This keyboard has no key %1: choose another. Until then T works in Foyer’s window.</source>
        <translation>Diese Tastatur hat keine Taste %1: Wähle eine andere. Bis dahin funktioniert T in Foyers Fenster.</translation>
    </message>
    <message>
        <source>Your desktop is being asked for a key.</source>
        <translation>Dein Desktop wird nach einer Taste gefragt.</translation>
    </message>
    <message>
        <source>Your desktop watches the key you chose there, in every window.</source>
        <translation>Dein Desktop achtet auf die Taste, die du dort gewählt hast, in jedem Fenster.</translation>
    </message>
    <message>
        <source>This desktop does not support system-wide keys. T and the Talk button work in Foyer’s window.</source>
        <translation>Dieser Desktop unterstützt keine systemweiten Tasten. In Foyers Fenster gehen T und der Sprechen-Knopf.</translation>
    </message>
</context>
<context>
    <name>foyer::app::HistoryModel</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>Rang %1</source>
        <translation>Klingelte %1</translation>
    </message>
    <message>
        <source>No answer after %1</source>
        <translation>Keine Antwort nach %1</translation>
    </message>
    <message>
        <source>You declined</source>
        <translation>Du hast abgelehnt</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>You were in another call</source>
        <translation>Du warst in einem anderen Gespräch</translation>
    </message>
    <message>
        <source>In another call</source>
        <translation>In einem anderen Gespräch</translation>
    </message>
    <message>
        <source>Ended before an answer</source>
        <translation>Vor der Annahme beendet</translation>
    </message>
    <message>
        <source>Could not be reached</source>
        <translation>War nicht erreichbar</translation>
    </message>
    <message>
        <source>The two programs do not understand each other</source>
        <translation>Die beiden Programme verstehen einander nicht</translation>
    </message>
    <message>
        <source>Could not be secured</source>
        <translation>Konnte nicht gesichert werden</translation>
    </message>
    <message>
        <source>The sound devices failed</source>
        <translation>Die Audiogeräte fielen aus</translation>
    </message>
    <message>
        <source>Ended before it began</source>
        <translation>Endete, bevor er begann</translation>
    </message>
    <message>
        <source>%1, then the connection was lost</source>
        <translation>%1, dann ging die Verbindung verloren</translation>
    </message>
    <message>
        <source>%1, ended because it was tampered with</source>
        <translation>%1, beendet, weil daran manipuliert wurde</translation>
    </message>
    <message>
        <source>Sounded good</source>
        <translation>Klang gut</translation>
    </message>
    <message>
        <source>Sounded fair</source>
        <translation>Klang mittelmäßig</translation>
    </message>
    <message>
        <source>Sounded poor</source>
        <translation>Klang schlecht</translation>
    </message>
    <message>
        <source>Broke up</source>
        <translation>Mit Aussetzern</translation>
    </message>
    <message>
        <source>through the relay</source>
        <translation>über das Relais</translation>
    </message>
    <message>
        <source>direct, on one network</source>
        <translation>direkt, im selben Netzwerk</translation>
    </message>
    <message>
        <source>direct</source>
        <translation>direkt</translation>
    </message>
    <message>
        <source>through a TURN server</source>
        <translation>über einen TURN-Server</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Missed · %1</source>
        <translation>Verpasst · %1</translation>
    </message>
    <message>
        <source>Incoming · %1</source>
        <translation>Eingehend · %1</translation>
    </message>
    <message>
        <source>Outgoing · %1</source>
        <translation>Ausgehend · %1</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>Not in the lobby</source>
        <translation>Nicht in der Lobby</translation>
    </message>
</context>
<context>
    <name>foyer::app::IdentityPresenter</name>
    <message>
        <source>Not connected</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>Invisible</source>
        <translation>Unsichtbar</translation>
    </message>
    <message>
        <source>Your secret key is in a file that only you can read, because there is no key ring here. It never leaves this computer unless you back it up.</source>
        <translation>Dein geheimer Schlüssel liegt in einer Datei, die nur du lesen kannst, denn hier gibt es keinen Schlüsselbund. Er verlässt diesen Computer nie, außer du sicherst ihn.</translation>
    </message>
    <message>
        <source>Your secret key never leaves this computer unless you back it up.</source>
        <translation>Dein geheimer Schlüssel verlässt diesen Computer nie, außer du sicherst ihn.</translation>
    </message>
</context>
<context>
    <name>foyer::app::IncomingPresenter</name>
    <message>
        <source>Verified %1</source>
        <translation>Verifiziert am %1</translation>
    </message>
    <message>
        <source>New key, not verified</source>
        <translation>Neuer Schlüssel, nicht verifiziert</translation>
    </message>
    <message>
        <source>Your microphone stays off until you compare words</source>
        <translation>Dein Mikrofon bleibt aus, bis ihr Wörter vergleicht</translation>
    </message>
    <message>
        <source>Your microphone will be on</source>
        <translation>Dein Mikrofon ist dann an</translation>
    </message>
    <message>
        <source>Calls themselves %1</source>
        <translation>Nennt sich %1</translation>
    </message>
    <message>
        <source>This key is different from the one you verified on %1. Usually that means a new computer. It can also mean somebody is in between.</source>
        <translation>Dieser Schlüssel ist ein anderer als der, den du am %1 verifiziert hast. Meist steckt ein neuer Computer dahinter. Es kann aber auch jemand dazwischen sein.</translation>
    </message>
    <message>
        <source>This key is different from the one you verified. Usually that means a new computer. It can also mean somebody is in between.</source>
        <translation>Dieser Schlüssel ist ein anderer als der, den du verifiziert hast. Meist steckt ein neuer Computer dahinter. Es kann aber auch jemand dazwischen sein.</translation>
    </message>
    <message>
        <source>%1 is calling too</source>
        <translation>%1 ruft auch an</translation>
    </message>
    <message>
        <source>%1 is calling</source>
        <translation>%1 ruft an</translation>
    </message>
    <message>
        <source>You stay with %1 until you choose</source>
        <translation>Du bleibst bei %1, bis du wählst</translation>
    </message>
    <message>
        <source>Ends your call with %1</source>
        <translation>Beendet dein Gespräch mit %1</translation>
    </message>
    <message>
        <source>End call, accept by relay</source>
        <translation>Auflegen, über Relais annehmen</translation>
    </message>
    <message>
        <source>Accept by relay</source>
        <translation>Über Relais</translation>
    </message>
    <message>
        <source>End call, accept directly</source>
        <translation>Auflegen, direkt annehmen</translation>
    </message>
    <message>
        <source>Accept directly</source>
        <translation>Direkt annehmen</translation>
    </message>
    <message>
        <source>End this call and accept</source>
        <translation>Auflegen und annehmen</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>without a sound for another %1 s</source>
        <translation>noch %1 s, ohne Ton</translation>
    </message>
    <message>
        <source>rings for another %1 s</source>
        <translation>klingelt noch %1 s</translation>
    </message>
    <message>
        <source>In an earlier call with this key the words did not match. Perhaps one of you misread them. It can also mean somebody is in between.</source>
        <translation>In einem früheren Gespräch mit diesem Schlüssel stimmten die Wörter nicht überein. Vielleicht hat sich jemand von euch verlesen. Es kann aber auch jemand dazwischen sein.</translation>
    </message>
</context>
<context>
    <name>foyer::app::LobbyPresenter</name>
    <message numerus="yes">
        <source>%n people here</source>
        <translation>
            <numerusform>%n Person hier</numerusform>
            <numerusform>%n Personen hier</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people were here</source>
        <translation>
            <numerusform>%n Person war hier</numerusform>
            <numerusform>%n Personen waren hier</numerusform>
        </translation>
    </message>
    <message>
        <source>On. It sees who talks to whom and when, never what is said.</source>
        <translation>An. Es sieht, wer wann mit wem spricht, aber nie, was gesagt wird.</translation>
    </message>
    <message>
        <source>You are on %1. It sees who talks to whom and when, never what is said.</source>
        <translation>Du bist auf %1. Es sieht, wer wann mit wem spricht, aber nie, was gesagt wird.</translation>
    </message>
    <message>
        <source>The key of %1 has changed</source>
        <translation>%1 hat einen neuen Schlüssel</translation>
    </message>
    <message>
        <source>Nobody else here yet</source>
        <translation>Noch niemand sonst hier</translation>
    </message>
    <message>
        <source>You are on %1. Others appear here as soon as they join it.</source>
        <translation>Du bist auf %1. Andere erscheinen hier, sobald sie ihm beitreten.</translation>
    </message>
    <message>
        <source>Joining %1</source>
        <translation>Beitritt zu %1</translation>
    </message>
    <message>
        <source>Looking around</source>
        <translation>Foyer sieht sich um</translation>
    </message>
    <message>
        <source>Nobody here yet</source>
        <translation>Noch niemand hier</translation>
    </message>
    <message>
        <source>Relay</source>
        <translation>Relais</translation>
    </message>
    <message>
        <source>Looking for a relay</source>
        <translation>Sucht ein Relais</translation>
    </message>
    <message>
        <source>No relay</source>
        <translation>Kein Relais</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>Sucht</translation>
    </message>
    <message>
        <source>Relay: %1</source>
        <translation>Relais: %1</translation>
    </message>
    <message>
        <source>Joining</source>
        <translation>Beitritt</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Verbindet neu</translation>
    </message>
    <message>
        <source>Relay key changed</source>
        <translation>Relais-Schlüssel neu</translation>
    </message>
    <message>
        <source>Key changed</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>Used elsewhere</source>
        <translation>Anderswo benutzt</translation>
    </message>
    <message>
        <source>Relay lost</source>
        <translation>Relais weg</translation>
    </message>
    <message numerus="yes">
        <source>%n missed calls, the last from %1</source>
        <translation>
            <numerusform>Verpasster Anruf von %1</numerusform>
            <numerusform>%n verpasste Anrufe, der letzte von %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Your relay is on. People on this network who open Foyer find it and appear here. Send the link to those elsewhere.</source>
        <translation>Dein Relais ist an. Leute in diesem Netzwerk, die Foyer öffnen, finden es und erscheinen hier. Schick den Link denen, die anderswo sind.</translation>
    </message>
    <message>
        <source>Looking for a relay on this network. The people on it appear here.</source>
        <translation>In diesem Netzwerk wird ein Relais gesucht. Die Leute darauf erscheinen hier.</translation>
    </message>
    <message>
        <source>Key until now</source>
        <translation>Bisheriger Schlüssel</translation>
    </message>
    <message>
        <source>Key in the link</source>
        <translation>Schlüssel im Link</translation>
    </message>
    <message>
        <source>Your relay asks for an invite. Make one on its page.</source>
        <translation>Dein Relais verlangt eine Einladung. Erstelle eine auf seiner Seite.</translation>
    </message>
    <message>
        <source>Starting the relay here</source>
        <translation>Das Relais hier wird gestartet</translation>
    </message>
    <message>
        <source>It opens a port, finds its addresses and checks that it answers.</source>
        <translation>Es öffnet einen Port, sucht seine Adressen und prüft, ob es antwortet.</translation>
    </message>
    <message>
        <source>Not let in</source>
        <translation>Nicht eingelassen</translation>
    </message>
    <message numerus="yes">
        <source>You are on %n relays. Each sees who talks to whom and when on it, never what is said.</source>
        <translation>
            <numerusform>Du bist auf %n Relais. Es sieht, wer darüber wann mit wem spricht, aber nie, was gesagt wird.</numerusform>
            <numerusform>Du bist auf %n Relais. Jedes sieht, wer darüber wann mit wem spricht, aber nie, was gesagt wird.</numerusform>
        </translation>
    </message>
    <message>
        <source>Off. Start it if nobody else on this network runs one.</source>
        <translation>Aus. Starte es, wenn niemand sonst in diesem Netzwerk eines betreibt.</translation>
    </message>
    <message>
        <source>%1 has a different key from the one in its link</source>
        <translation>%1 hat einen anderen Schlüssel als in seinem Link</translation>
    </message>
    <message>
        <source>Nothing has been sent to it. Usually the relay was set up again; rarely somebody is posing as it. Ask the person who runs it to read out the new key.</source>
        <translation>Es wurde nichts dorthin gesendet. Meist wurde das Relais neu eingerichtet; selten gibt sich jemand dafür aus. Bitte die Person, die es betreibt, den neuen Schlüssel vorzulesen.</translation>
    </message>
    <message>
        <source>Nothing has been sent to it. The link may be old or mistyped; rarely somebody is posing as the relay. Ask the person who runs it to read out its key.</source>
        <translation>Es wurde nichts dorthin gesendet. Der Link ist vielleicht alt oder vertippt; selten gibt sich jemand für das Relais aus. Bitte die Person, die es betreibt, den Schlüssel vorzulesen.</translation>
    </message>
    <message>
        <source>You have not joined a relay yet</source>
        <translation>Du bist noch keinem Relais beigetreten</translation>
    </message>
    <message>
        <source>People meet on a relay. Join one of these to see who is there.</source>
        <translation>Man trifft sich auf einem Relais. Tritt einem von diesen bei, um zu sehen, wer da ist.</translation>
    </message>
    <message>
        <source>People meet on a relay. Join this one to see who is there.</source>
        <translation>Man trifft sich auf einem Relais. Tritt diesem bei, um zu sehen, wer da ist.</translation>
    </message>
    <message>
        <source>People meet on a relay, and none was found on this network. You can start one here; the others’ Foyer will find it.</source>
        <translation>Man trifft sich auf einem Relais, und in diesem Netzwerk wurde keines gefunden. Du kannst hier eines starten; das Foyer der anderen findet es.</translation>
    </message>
    <message numerus="yes">
        <source>%n relays</source>
        <translation>
            <numerusform>%n Relais</numerusform>
            <numerusform>%n Relais</numerusform>
        </translation>
    </message>
    <message>
        <source>· try %1 in %2 s</source>
        <translation>· Versuch %1 in %2 s</translation>
    </message>
    <message>
        <source>· try %1</source>
        <translation>· Versuch %1</translation>
    </message>
    <message>
        <source>Relay has a different key</source>
        <translation>Relais-Schlüssel anders</translation>
    </message>
    <message>
        <source>Different key</source>
        <translation>Anderer Schlüssel</translation>
    </message>
    <message>
        <source>· again in %1 s</source>
        <translation>· wieder in %1 s</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Invite copied. Whoever opens it may join your relay.</source>
        <translation>Einladung kopiert. Wer sie öffnet, darf auf dein Relais.</translation>
    </message>
    <message>
        <source>Link copied. Opening it joins this relay.</source>
        <translation>Link kopiert. Wer ihn öffnet, tritt diesem Relais bei.</translation>
    </message>
    <message>
        <source>Your relay is on, but this computer has no network now. Nobody else can reach it until it has one.</source>
        <translation>Dein Relais läuft, aber dieser Computer hat gerade kein Netzwerk. Bis er eines hat, erreicht es niemand sonst.</translation>
    </message>
</context>
<context>
    <name>foyer::app::LogModel</name>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>Relays</source>
        <translation>Relais</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <source>Copied. Lines: %1. Addresses, names and complete keys are left out.</source>
        <translation>Kopiert. Zeilen: %1. Adressen, Namen und ganze Schlüssel sind ausgelassen.</translation>
    </message>
</context>
<context>
    <name>foyer::app::NetworkPresenter</name>
    <message>
        <source>Checking for two minutes, %1 s so far</source>
        <translation>Prüft zwei Minuten lang, bisher %1 s</translation>
    </message>
    <message>
        <source>Checking, %1 s so far</source>
        <translation>Prüft, bisher %1 s</translation>
    </message>
    <message>
        <source>Copied, with your addresses in it.</source>
        <translation>Kopiert, mit deinen Adressen darin.</translation>
    </message>
    <message>
        <source>Copied. It names no address.</source>
        <translation>Kopiert. Es steht keine Adresse darin.</translation>
    </message>
</context>
<context>
    <name>foyer::app::Notifier</name>
    <message>
        <source>End this call and accept</source>
        <translation>Auflegen und annehmen</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>%1 is calling</source>
        <translation>%1 ruft an</translation>
    </message>
    <message>
        <source>Relay on this computer</source>
        <translation>Relais auf diesem Computer</translation>
    </message>
</context>
<context>
    <name>foyer::app::OwnCodePresenter</name>
    <message>
        <source>Link copied. It has your key and your name.</source>
        <translation>Link kopiert. Er enthält deinen Schlüssel und deinen Namen.</translation>
    </message>
</context>
<context>
    <name>foyer::app::PastCallsModel</name>
    <message>
        <source>Copied. It names nobody: figures only.</source>
        <translation>Kopiert. Es nennt niemanden: nur Werte.</translation>
    </message>
    <message>
        <source>Calls are not kept: that is switched off in the settings.</source>
        <translation>Anrufe werden nicht gemerkt: Das ist in den Einstellungen ausgeschaltet.</translation>
    </message>
    <message>
        <source>No calls yet. Calls with sound appear here.</source>
        <translation>Noch keine Anrufe. Hier stehen Anrufe mit Ton.</translation>
    </message>
    <message>
        <source>Only the figures below are left of this call. A whole report, with how it was just before its end, is kept of the newest call alone, and only until you quit Foyer.</source>
        <translation>Von diesem Gespräch sind nur die Zahlen unten übrig. Ein ganzer Bericht, mit dem Verlauf kurz vor dem Ende, bleibt nur vom neuesten Gespräch, und nur bis du Foyer beendest.</translation>
    </message>
</context>
<context>
    <name>foyer::app::PeopleModel</name>
    <message>
        <source>Available</source>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <source>In a call</source>
        <translation>Im Gespräch</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Abwesend</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Nicht stören</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Not verified yet</source>
        <translation>Nicht verifiziert</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Verifiziert</translation>
    </message>
    <message>
        <source>Key changed</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Blockiert</translation>
    </message>
    <message>
        <source>connection not measured</source>
        <translation>Verbindung nicht gemessen</translation>
    </message>
    <message>
        <source>Calls themselves %1</source>
        <translation>Nennt sich %1</translation>
    </message>
    <message>
        <source>relay only</source>
        <translation>nur Relais</translation>
    </message>
    <message>
        <source>last: direct</source>
        <translation>zuletzt: direkt</translation>
    </message>
    <message>
        <source>last: TURN</source>
        <translation>zuletzt: TURN</translation>
    </message>
    <message>
        <source>calls themselves %1</source>
        <translation>nennt sich %1</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>a call stays on the relay</source>
        <translation>ein Anruf bleibt auf dem Relais</translation>
    </message>
    <message>
        <source>the last call went directly</source>
        <translation>der letzte Anruf ging direkt</translation>
    </message>
    <message>
        <source>the last call went through a TURN server</source>
        <translation>der letzte Anruf ging über einen TURN-Server</translation>
    </message>
    <message>
        <source>Words differed</source>
        <translation>Wörter wichen ab</translation>
    </message>
    <message>
        <source>Was available</source>
        <translation>War verfügbar</translation>
    </message>
    <message>
        <source>Was in a call</source>
        <translation>War im Gespräch</translation>
    </message>
    <message>
        <source>Was away</source>
        <translation>War abwesend</translation>
    </message>
    <message>
        <source>connection through the relay %1, %2</source>
        <translation>Verbindung über das Relais %1, %2</translation>
    </message>
</context>
<context>
    <name>foyer::app::PersonLinkPresenter</name>
    <message>
        <source>This is your own code</source>
        <translation>Das ist dein eigener Code</translation>
    </message>
    <message>
        <source>A link to a person</source>
        <translation>Ein Link zu einer Person</translation>
    </message>
    <message>
        <source>A link to %1</source>
        <translation>Ein Link zu %1</translation>
    </message>
    <message>
        <source>This person</source>
        <extracomment>begins a sentence, in place of a name</extracomment>
        <translation>Diese Person</translation>
    </message>
    <message>
        <source>Others who open it have your key before you talk.</source>
        <translation>Wer ihn öffnet, hat deinen Schlüssel schon vor dem ersten Gespräch.</translation>
    </message>
    <message>
        <source>They are in your lobby.</source>
        <translation>Die Person ist in deiner Lobby.</translation>
    </message>
    <message>
        <source>%1 is not in your lobby. Their link names the relay %2; join it to reach them. Everybody on that relay will see your name.</source>
        <translation>%1 ist nicht in deiner Lobby. Der Link nennt das Relais %2: Tritt ihm bei, um dort anrufen zu können. Alle auf diesem Relais sehen dann deinen Namen.</translation>
    </message>
    <message>
        <source>%1 is not in your lobby. You can call each other once you are both on the same relay.</source>
        <translation>%1 ist nicht in deiner Lobby. Ihr könnt euch anrufen, sobald ihr beide auf demselben Relais seid.</translation>
    </message>
</context>
<context>
    <name>foyer::app::QualityPresenter</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message numerus="yes">
        <source>%n copies of each frame</source>
        <translation>
            <numerusform>eine Kopie jedes Frames</numerusform>
            <numerusform>%n Kopien jedes Frames</numerusform>
        </translation>
    </message>
    <message>
        <source>a spare frame in each packet</source>
        <translation>ein Reserve-Frame in jedem Paket</translation>
    </message>
    <message>
        <source>%1 ms of deep redundancy</source>
        <translation>%1 ms tiefe Redundanz</translation>
    </message>
    <message>
        <source>Against loss: %1.</source>
        <translation>Gegen Verlust: %1.</translation>
    </message>
    <message>
        <source>chosen by Foyer</source>
        <translation>von Foyer gewählt</translation>
    </message>
    <message>
        <source>chosen by you</source>
        <translation>von dir gewählt</translation>
    </message>
    <message>
        <source>You chose %1, %2 is sent. </source>
        <translation>Du hast %1 gewählt, gesendet wird %2. </translation>
    </message>
    <message>
        <source>You chose %1, %2 is sent: %3. </source>
        <translation>Du hast %1 gewählt, gesendet wird %2: %3. </translation>
    </message>
    <message>
        <source>You chose %1. </source>
        <translation>Du hast %1 gewählt. </translation>
    </message>
    <message>
        <source>Auto chose %1. </source>
        <translation>Auto hat %1 gewählt. </translation>
    </message>
    <message>
        <source>Auto chose %1 %2 ago: %3. </source>
        <translation>Vor %2 hat Auto %1 gewählt: %3. </translation>
    </message>
    <message>
        <source>%1 kbit/s voice + %2 overhead = %3 kbit/s in total.</source>
        <translation>%1 kbit/s Stimme + %2 Drumherum = %3 kbit/s insgesamt.</translation>
    </message>
    <message>
        <source>%1 kbit/s voice + %2 against loss + %3 overhead = %4 kbit/s in total.</source>
        <translation>%1 kbit/s Stimme + %2 gegen Verlust + %3 Drumherum = %4 kbit/s insgesamt.</translation>
    </message>
    <message>
        <source>No repeats needed: the connection is good.</source>
        <translation>Keine Wiederholungen nötig: Die Verbindung ist gut.</translation>
    </message>
    <message>
        <source>%1, %2, %3 kilobits per second in total</source>
        <translation>%1, %2, insgesamt %3 Kilobit pro Sekunde</translation>
    </message>
    <message>
        <source>Silence is sent while you hold the call.</source>
        <translation>Solange du das Gespräch hältst, wird Stille gesendet.</translation>
    </message>
</context>
<context>
    <name>foyer::app::RecordPresenter</name>
    <message>
        <source>Saved as %1</source>
        <translation>Gespeichert als %1</translation>
    </message>
    <message>
        <source>The packet timing is written to %1 when this call ends.</source>
        <translation>Die Paketzeiten werden nach %1 geschrieben, wenn dieser Anruf endet.</translation>
    </message>
    <message>
        <source>Packet timing of this call is being kept; no sound is.</source>
        <translation>Die Paketzeiten dieses Anrufs werden festgehalten, Ton nicht.</translation>
    </message>
    <message>
        <source>It starts with the next call.</source>
        <translation>Es beginnt mit dem nächsten Gespräch.</translation>
    </message>
    <message>
        <source>Packet timing of an earlier call is kept; only its beginning, because the call was long.</source>
        <translation>Die Paketzeiten eines früheren Anrufs sind da; nur der Anfang, weil er lang war.</translation>
    </message>
    <message>
        <source>Packet timing of an earlier call is kept.</source>
        <translation>Die Paketzeiten eines früheren Anrufs sind da.</translation>
    </message>
    <message>
        <source>Choose where to save it.</source>
        <translation>Gib an, wohin.</translation>
    </message>
</context>
<context>
    <name>foyer::app::RelayAccess</name>
    <message>
        <source>Invite made and copied.</source>
        <translation>Einladung erstellt und kopiert.</translation>
    </message>
    <message>
        <source>A port is a number from %1 to %2.</source>
        <translation>Ein Port ist eine Zahl von %1 bis %2.</translation>
    </message>
    <message>
        <source>4 Mbit/s</source>
        <translation>4 Mbit/s</translation>
    </message>
    <message>
        <source>%1 kbit/s</source>
        <translation>%1 kbit/s</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>Valid until you take it back</source>
        <translation>Gültig, bis du sie zurücknimmst</translation>
    </message>
    <message>
        <source>Expired at %1 today</source>
        <translation>Heute um %1 abgelaufen</translation>
    </message>
    <message>
        <source>Valid until %1 today</source>
        <translation>Gültig bis heute, %1</translation>
    </message>
    <message>
        <source>Expired at %1 on %2</source>
        <extracomment>a time and a date</extracomment>
        <translation>Am %2 um %1 abgelaufen</translation>
    </message>
    <message>
        <source>Valid until %1 on %2</source>
        <translation>Gültig bis %1 am %2</translation>
    </message>
    <message>
        <source>Invite copied. Anyone who opens it can join your relay.</source>
        <translation>Einladung kopiert. Wer sie öffnet, kann auf dein Relais.</translation>
    </message>
    <message>
        <source>running now</source>
        <translation>läuft gerade</translation>
    </message>
    <message>
        <source>stopped by you</source>
        <translation>von dir angehalten</translation>
    </message>
    <message>
        <source>stopped with Foyer</source>
        <translation>mit Foyer beendet</translation>
    </message>
    <message>
        <source>did not start: %1</source>
        <translation>nicht gestartet: %1</translation>
    </message>
    <message>
        <source>Foyer quit unexpectedly</source>
        <translation>Foyer wurde unerwartet beendet</translation>
    </message>
    <message>
        <source>ran %1</source>
        <translation>lief %1</translation>
    </message>
    <message numerus="yes">
        <source>up to %n people</source>
        <translation>
            <numerusform>höchstens %n Person</numerusform>
            <numerusform>höchstens %n Leute</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foyer::app::RelayGuestsModel</name>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>%1 left</source>
        <extracomment>the first name of somebody who has just left</extracomment>
        <translation>%1 ist weg</translation>
    </message>
    <message>
        <source>%1, since %2</source>
        <extracomment>a name, and the time from which somebody is connected</extracomment>
        <translation>%1, seit %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere Person</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foyer::app::RelayPresenter</name>
    <message>
        <source>Opening the port</source>
        <translation>Port öffnen</translation>
    </message>
    <message>
        <source>Finding addresses</source>
        <translation>Adressen finden</translation>
    </message>
    <message>
        <source>Announcing</source>
        <translation>Bekannt machen</translation>
    </message>
    <message>
        <source>Serving</source>
        <translation>In Betrieb</translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n Person</numerusform>
            <numerusform>%n Personen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n calls</source>
        <translation>
            <numerusform>%n Gespräch</numerusform>
            <numerusform>%n Gespräche</numerusform>
        </translation>
    </message>
    <message>
        <source>↑ %1 ↓ %2 kbit/s</source>
        <translation>↑ %1 ↓ %2 kbit/s</translation>
    </message>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Serving · %1, %2 · %3</source>
        <translation>In Betrieb · %1, %2 · %3</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Hält an</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Starting · %1</source>
        <translation>Startet · %1</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Not running · %1</source>
        <translation>Läuft nicht · %1</translation>
    </message>
    <message>
        <source>it failed</source>
        <translation>es ist gescheitert</translation>
    </message>
    <message>
        <source>Checking that it answers</source>
        <translation>Prüfen, ob es antwortet</translation>
    </message>
    <message numerus="yes">
        <source>%n other people</source>
        <translation>
            <numerusform>Eine weitere Person</numerusform>
            <numerusform>%n weitere Personen</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopping when the calls end · %1</source>
        <translation>Hält an, wenn die Gespräche enden · %1</translation>
    </message>
    <message>
        <source>Not running · start it if nobody else on this network runs one</source>
        <translation>Läuft nicht · starte es, wenn in diesem Netzwerk sonst niemand eines betreibt</translation>
    </message>
    <message>
        <source>Link copied. Opening it joins this relay.</source>
        <translation>Link kopiert. Wer ihn öffnet, tritt diesem Relais bei.</translation>
    </message>
    <message>
        <source>Its port is UDP %1.</source>
        <translation>Sein Port ist UDP %1.</translation>
    </message>
    <message>
        <source>Another relay is already running on this network: %1</source>
        <translation>In diesem Netzwerk läuft schon ein anderes Relais: %1</translation>
    </message>
    <message>
        <source>People who are on it do not see those on this one. Join it, then stop the relay here, and everybody is in one lobby.</source>
        <translation>Wer auf jenem ist, sieht niemanden auf diesem. Tritt ihm bei und beende dann das Relais hier, so sind alle in einer Lobby.</translation>
    </message>
    <message>
        <source>People who are on it will not see those on a relay that you start here. Join it instead, and everybody is in one lobby.</source>
        <translation>Wer darauf ist, sieht niemanden auf einem Relais, das du hier startest. Tritt stattdessen ihm bei, so sind alle in einer Lobby.</translation>
    </message>
    <message>
        <source>Joining %1.</source>
        <translation>%1 wird beigetreten.</translation>
    </message>
</context>
<context>
    <name>foyer::app::RelaysModel</name>
    <message>
        <source>Verified</source>
        <translation>Verifiziert</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Key changed</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>Wrong key</source>
        <translation>Falscher Schlüssel</translation>
    </message>
    <message>
        <source>Joining</source>
        <translation>Tritt bei</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Used elsewhere</source>
        <translation>Anderswo benutzt</translation>
    </message>
    <message>
        <source>It has not answered yet.</source>
        <translation>Es hat noch nicht geantwortet.</translation>
    </message>
    <message>
        <source>The connection to it is gone. Foyer keeps trying.</source>
        <translation>Die Verbindung dorthin ist weg. Foyer versucht es weiter.</translation>
    </message>
    <message>
        <source>Another Foyer with your key has taken your place.</source>
        <translation>Ein anderes Foyer mit deinem Schlüssel hat deinen Platz eingenommen.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>Reached over TCP %1, because UDP is blocked here.</source>
        <translation>Erreicht über TCP %1, weil UDP hier gesperrt ist.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>round trip not measured</source>
        <translation>Umlaufzeit nicht gemessen</translation>
    </message>
    <message>
        <source>round trip %1</source>
        <translation>Umlaufzeit %1</translation>
    </message>
    <message>
        <source>Relay %1</source>
        <translation>Relais %1</translation>
    </message>
    <message>
        <source>Key copied.</source>
        <translation>Schlüssel kopiert.</translation>
    </message>
    <message>
        <source>It runs in this Foyer.</source>
        <translation>Es läuft in diesem Foyer.</translation>
    </message>
    <message>
        <source>It has the key in its link.</source>
        <translation>Es hat den Schlüssel aus seinem Link.</translation>
    </message>
    <message>
        <source>Found on this network. Nobody has vouched for its key yet: compare it with the person who runs it.</source>
        <translation>In diesem Netzwerk gefunden. Für seinen Schlüssel hat sich noch niemand verbürgt: Vergleiche ihn mit der Person, die es betreibt.</translation>
    </message>
    <message>
        <source>This relay now answers with a different key, so Foyer sends it nothing. Usually it was set up again; rarely somebody is impersonating it. Ask the person who runs it to read the new key to you.</source>
        <translation>Dieses Relais antwortet jetzt mit einem anderen Schlüssel, darum sendet Foyer ihm nichts. Meist wurde es neu eingerichtet, selten gibt sich jemand dafür aus. Lass dir den neuen Schlüssel von der Person vorlesen, die es betreibt.</translation>
    </message>
    <message>
        <source>What answers there does not have the key in the link, so Foyer sends it nothing. The link may be old or mistyped; rarely somebody is impersonating the relay. Ask the person who runs it.</source>
        <translation>Was dort antwortet, hat nicht den Schlüssel aus dem Link, darum sendet Foyer ihm nichts. Der Link kann alt oder vertippt sein, selten gibt sich jemand für das Relais aus. Frage die Person, die es betreibt.</translation>
    </message>
    <message>
        <source>. Foyer keeps trying.</source>
        <translation>. Foyer versucht es weiter.</translation>
    </message>
    <message>
        <source>Link copied, without an invite. If the relay asks for one, get a link from the person who runs it.</source>
        <translation>Link kopiert, ohne Einladung. Verlangt das Relais eine, bitte die Person, die es betreibt, um einen Link.</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1, bis %2</translation>
    </message>
</context>
<context>
    <name>foyer::app::ReportPresenter</name>
    <message>
        <source>Choose where to save it.</source>
        <translation>Gib an, wohin.</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Gespeichert als %1</translation>
    </message>
</context>
<context>
    <name>foyer::app::RestartPresenter</name>
    <message>
        <source>Takes effect after a restart.</source>
        <translation>Gilt nach einem Neustart.</translation>
    </message>
    <message>
        <source>Has no effect: the environment variable QT_SCALE_FACTOR sets the size.</source>
        <translation>Ohne Wirkung: Die Umgebungsvariable QT_SCALE_FACTOR bestimmt die Größe.</translation>
    </message>
</context>
<context>
    <name>foyer::app::SingleInstance</name>
    <message>
        <source>Foyer is already running with this profile; its window was brought to the front. For a second person start foyer with --data-dir and another folder.</source>
        <translation>Foyer läuft mit diesem Profil schon; sein Fenster wurde nach vorn geholt. Für eine zweite Person starte foyer mit --data-dir und einem anderen Ordner.</translation>
    </message>
</context>
<context>
    <name>foyer::app::SoundPresenter</name>
    <message>
        <source>They hear all that your microphone hears, unless you are muted.</source>
        <translation>Andere hören alles, was dein Mikrofon hört, außer du bist stumm.</translation>
    </message>
    <message>
        <source>They hear you while you speak. In between silence is sent, as large as speech, so that nobody on the way learns when you speak.</source>
        <translation>Andere hören dich, während du sprichst. Dazwischen wird Stille gesendet, so groß wie Sprache, damit niemand unterwegs erfährt, wann du sprichst.</translation>
    </message>
    <message>
        <source>They hear you while you hold T or the Talk button.</source>
        <translation>Andere hören dich, während du T oder die Schaltfläche „Sprechen“ hältst.</translation>
    </message>
</context>
<context>
    <name>foyer::app::TelemetryPlot</name>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
    <message>
        <source>%1: %2 ms · buffer %3 ms</source>
        <translation>%1: %2 ms · Puffer %3 ms</translation>
    </message>
    <message>
        <source>%1: you %2 · them %3 dB</source>
        <translation>%1: du %2 · andere Seite %3 dB</translation>
    </message>
    <message>
        <source>%1: lost %2 % · filled in %3 % · late %4 %</source>
        <translation>%1: verloren %2 % · ergänzt %3 % · spät %4 %</translation>
    </message>
    <message>
        <source>%1: sent %2 · heard %3 kbit/s · %4</source>
        <translation>%1: gesendet %2 · gehört %3 kbit/s · %4</translation>
    </message>
    <message>
        <source>%1: you %2 · them %3 dB · ran empty</source>
        <translation>%1: du %2 · dort %3 dB · leergelaufen</translation>
    </message>
</context>
<context>
    <name>foyer::app::TelemetryPresenter</name>
    <message>
        <source>Listening</source>
        <translation>Misst noch</translation>
    </message>
    <message>
        <source>Waiting for the first packets</source>
        <translation>Wartet auf die ersten Pakete</translation>
    </message>
    <message>
        <source>Too little was heard to judge.</source>
        <translation>Für ein Urteil war zu wenig zu hören.</translation>
    </message>
    <message>
        <source>Good again</source>
        <translation>Wieder gut</translation>
    </message>
    <message>
        <source>%1, and getting better</source>
        <translation>%1, und es wird besser</translation>
    </message>
    <message>
        <source>%1 % loss %2 s ago. %3</source>
        <translation>%1 % Verlust vor %2 s. %3</translation>
    </message>
    <message>
        <source>%1 ms · buffer %2 ms</source>
        <translation>%1 ms · Puffer %2 ms</translation>
    </message>
    <message>
        <source>%1 % · worst %2 %</source>
        <translation>%1 % · höchstens %2 %</translation>
    </message>
    <message>
        <source>%1 kbit/s · %2</source>
        <translation>%1 kbit/s · %2</translation>
    </message>
    <message>
        <source>you %1 · them %2 dB</source>
        <translation>du %1 · dort %2 dB</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>ago</source>
        <translation>vor</translation>
    </message>
    <message>
        <source>delay</source>
        <translation>Verzug</translation>
    </message>
    <message>
        <source>buffer</source>
        <translation>Puffer</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>late</source>
        <translation>spät</translation>
    </message>
    <message>
        <source>kbit/s</source>
        <translation>kbit/s</translation>
    </message>
    <message>
        <source>tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>0 dB</source>
        <translation>0 dB</translation>
    </message>
    <message>
        <source>Copied. It names nobody: figures only.</source>
        <translation>Kopiert. Es nennt niemanden: nur Werte.</translation>
    </message>
    <message>
        <source>filled in</source>
        <translation>ergänzt</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>gehört</translation>
    </message>
    <message>
        <source>you</source>
        <translation>du</translation>
    </message>
    <message>
        <source>them</source>
        <translation>dort</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>dB</source>
        <translation>dB</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>still</translation>
    </message>
</context>
<context>
    <name>foyer::app::TrayPresenter</name>
    <message>
        <source>%1 is calling</source>
        <translation>%1 ruft an</translation>
    </message>
    <message>
        <source>In a call with %1, muted</source>
        <translation>Im Gespräch mit %1, stumm</translation>
    </message>
    <message>
        <source>In a call with %1</source>
        <translation>Im Gespräch mit %1</translation>
    </message>
    <message numerus="yes">
        <source>%n missed calls</source>
        <translation>
            <numerusform>%n verpasster Anruf</numerusform>
            <numerusform>%n verpasste Anrufe</numerusform>
        </translation>
    </message>
    <message>
        <source>Open Foyer</source>
        <translation>Foyer öffnen</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Nicht stören</translation>
    </message>
    <message>
        <source>Mute your microphone</source>
        <translation>Mikrofon stummschalten</translation>
    </message>
    <message>
        <source>Quit Foyer</source>
        <translation>Foyer beenden</translation>
    </message>
</context>
</TS>
